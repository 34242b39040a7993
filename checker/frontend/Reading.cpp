// SPDX-License-Identifier: GPL-2.0-only

#include "Reading.h"
#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace mmucheck;

namespace {

/// What is inside an asm statement is the assembler's: a fact is only made of
/// the places that it writes, and gcc takes operands that Clang does not.
static bool isAboutAssembly(const Diagnostic &Info) {
  return DiagnosticIDs::getCategoryNameFromID(
             DiagnosticIDs::getCategoryNumberForDiag(Info.getID())) ==
         "Inline Assembly Issue";
}

/// Keeps the first error; a user wants that one, not the cascade.
class FirstError : public DiagnosticConsumer {
public:
  std::string Text;

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    if (isAboutAssembly(Info))
      return;
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error || !Text.empty())
      return;
    llvm::SmallString<256> Message;
    Info.FormatDiagnostic(Message);
    llvm::raw_string_ostream OS(Text);
    if (Info.getLocation().isValid() && Info.hasSourceManager()) {
      PresumedLoc At = Info.getSourceManager().getPresumedLoc(
          Info.getSourceManager().getExpansionLoc(Info.getLocation()));
      if (At.isValid())
        OS << At.getFilename() << ':' << At.getLine() << ':' << At.getColumn()
           << ": ";
    }
    OS << Message;
  }
};

/// What the unit was read from, as make wants it.
class Dependencies : public DependencyFileGenerator {
public:
  Dependencies(const DependencyOutputOptions &Options, std::string &Text)
      : DependencyFileGenerator(Options), Text(Text) {}

  void finishedMainFile(DiagnosticsEngine &) override {
    llvm::raw_string_ostream OS(Text);
    outputDependencyFile(OS);
  }

private:
  std::string &Text;
};

} // namespace

/// An invocation made for a compiler: nothing of it may write a file, run a
/// plugin or see what the sanitizers would have the source see.
static void tame(CompilerInvocation &Invocation, const std::string &Macros) {
  FrontendOptions &Frontend = Invocation.getFrontendOpts();
  Frontend.ProgramAction = frontend::ParseSyntaxOnly;
  Frontend.OutputFile.clear();
  Frontend.Plugins.clear();
  Frontend.AddPluginActions.clear();
  Frontend.ActionName.clear();
  Frontend.SkipFunctionBodies = true;
  Frontend.DisableFree = true;
  Invocation.getDependencyOutputOpts() = DependencyOutputOptions();
  Invocation.getLangOpts().Sanitize.clear();
  Invocation.getDiagnosticOpts().IgnoreWarnings = true;
  Invocation.getDiagnosticOpts().ShowCarets = false; // no "1 error generated"
  Invocation.getDiagnosticOpts().VerifyDiagnostics = false;
  Invocation.getDiagnosticOpts().DiagnosticSerializationFile.clear();
  // Annotated source is told who reads it: annotations/mmucheck.h.
  Invocation.getPreprocessorOpts().addMacroDef("__MMUCHECK__");
  if (!Macros.empty()) {
    auto &Includes = Invocation.getPreprocessorOpts().Includes;
    Includes.insert(Includes.begin(), Macros);
  }
}

/// A processor that gcc knows and this Clang does not changes what comes out of
/// a compiler, not what the source says.
static void settleTarget(CompilerInstance &Compiler, FirstError &First) {
  if (Compiler.createTarget())
    return;
  Compiler.getDiagnostics().Reset();
  First.clear();
  First.Text.clear();
  Compiler.getTargetOpts().CPU.clear();
  Compiler.getTargetOpts().TuneCPU.clear();
}

Reading mmucheck::read(std::shared_ptr<CompilerInvocation> Invocation,
                       const ReadOptions &Options) {
  Reading Got;
  FirstError First;
  tame(*Invocation, Options.Macros);
  CompilerInstance Compiler;
  Compiler.setInvocation(std::move(Invocation));
  Compiler.createDiagnostics(&First, /*ShouldOwnClient=*/false);
  settleTarget(Compiler, First);
  if (!Options.Target.empty()) {
    DependencyOutputOptions Want;
    Want.IncludeSystemHeaders = true;
    Want.UsePhonyTargets = true; // a header that is gone is no error to make
    Want.Targets = {Options.Target};
    Compiler.addDependencyCollector(
        std::make_shared<Dependencies>(Want, Got.Dependencies));
  }
  FactsAction Action(Options.Facts, Got.Facts);
  bool Done = Compiler.ExecuteAction(Action);
  Got.Error = First.Text;
  if (Got.Error.empty() && (!Done || Got.Facts.empty()))
    Got.Error = "no facts came of it";
  return Got;
}

Reading mmucheck::read(const CommandLine &Line, const std::string &ResourceDir,
                       const ReadOptions &Options) {
  std::vector<const char *> Arguments = {"clang"};
  for (const std::string &A : Line.Clang)
    Arguments.push_back(A.c_str());
  Arguments.push_back("-resource-dir");
  Arguments.push_back(ResourceDir.c_str());
  Arguments.push_back(Line.Source.c_str());

  // A flag that this target does not have is no reason not to read the file:
  // the driver says so, goes on without it, and so do we.
  FirstError First;
  CreateInvocationOptions How;
  How.Diags = CompilerInstance::createDiagnostics(new DiagnosticOptions, &First,
                                                  /*ShouldOwnClient=*/false);
  How.RecoverOnError = true;
  std::shared_ptr<CompilerInvocation> Invocation =
      createInvocation(Arguments, std::move(How));
  if (Invocation)
    return read(std::move(Invocation), Options);
  Reading Got;
  Got.Error = First.Text.empty() ? "Clang does not take this command line"
                                 : First.Text;
  return Got;
}
