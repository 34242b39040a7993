// SPDX-License-Identifier: GPL-2.0-only
//
// mmucheck.so: the facts of each file beside its object, while Clang compiles.
//
//   clang -fplugin=mmucheck.so [-fplugin-arg-mmucheck-OPTION=VALUE]... -c foo.c
//
// OPTION is root, scope, macros or out, as in mmucheck-facts. Compiler and
// checker cannot share one parse: what is compiled must see the kernel's own
// macros, what is checked must see the overrides. So the file is read a second
// time, without the bodies that are not checked, in the compiler's process and
// with the compiler's own options. A file that has no facts is no reason to
// break a build: one line says so.

#include "Output.h"
#include "Reading.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace mmucheck;

namespace {

struct PluginOptions {
  ReadOptions Read;
  std::string Out;
};

class PluginConsumer : public ASTConsumer {
public:
  PluginConsumer(CompilerInstance &Compiler, PluginOptions Options)
      : Compiler(Compiler), Options(std::move(Options)) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    if (Context.getDiagnostics().hasErrorOccurred())
      return;
    std::string Source =
        Compiler.getFrontendOpts().Inputs.front().getFile().str();
    Reading Got = read(
        std::make_shared<CompilerInvocation>(Compiler.getInvocation()),
        Options.Read);
    std::string Trouble =
        Got.Error.empty() ? replaceFile(Options.Out, Got.Facts)
                          : Source + ": cannot be read: " + Got.Error;
    if (!Trouble.empty())
      llvm::errs() << "mmucheck: " << Trouble << '\n';
  }

private:
  CompilerInstance &Compiler;
  PluginOptions Options;
};

class Plugin : public PluginASTAction {
public:
  ActionType getActionType() override { return AddBeforeMainAction; }

  bool ParseArgs(const CompilerInstance &Compiler,
                 const std::vector<std::string> &Arguments) override {
    for (llvm::StringRef A : Arguments) {
      auto [Name, Value] = A.split('=');
      if (Name == "root")
        Options.Read.Facts.Roots.push_back(Value.str());
      else if (Name == "scope")
        Options.Read.Facts.Scopes.push_back(Value.str());
      else if (Name == "macros")
        Options.Read.Macros = Value.str();
      else if (Name == "out")
        Options.Out = Value.str();
      else
        return complain(Compiler, A);
    }
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &Compiler,
                                                 llvm::StringRef) override {
    const FrontendOptions &Frontend = Compiler.getFrontendOpts();
    if (Options.Out.empty() && Frontend.OutputFile != "-" &&
        !Frontend.OutputFile.empty())
      Options.Out = Frontend.OutputFile + ".facts";
    // Nothing comes of this run that facts could stand beside.
    if (Options.Out.empty())
      return std::make_unique<ASTConsumer>();
    return std::make_unique<PluginConsumer>(Compiler, Options);
  }

private:
  static bool complain(const CompilerInstance &Compiler, llvm::StringRef A) {
    DiagnosticsEngine &Diags = Compiler.getDiagnostics();
    Diags.Report(Diags.getCustomDiagID(
        DiagnosticsEngine::Error,
        "-fplugin-arg-mmucheck-%0: expected root=, scope=, macros= or out="))
        << A;
    return false;
  }

  PluginOptions Options;
};

} // namespace

static FrontendPluginRegistry::Add<Plugin>
    Registration("mmucheck", "write the facts that mmucheck reads");
