// SPDX-License-Identifier: GPL-2.0-only
//
// mmucheck-facts: one C file of a kernel tree in, one file of facts out.
//
//   mmucheck-facts [--root DIR] [--scope PATTERN] [--macros FILE] [--out FILE]
//                  [--deps FILE] -- COMPILER-ARGUMENTS

#include "CommandLine.h"
#include "FactsAction.h"
#include "Output.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using namespace mmucheck;

namespace {

struct ToolOptions {
  FactsOptions Facts;
  std::string Macros, Out, Deps;
  std::vector<std::string> Compiler;
};

/// Keeps the first error; a user wants that one, not the cascade.
class FirstError : public DiagnosticConsumer {
public:
  std::string Text;

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
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

[[noreturn]] void fail(const llvm::Twine &Message) {
  llvm::errs() << "mmucheck-facts: " << Message << '\n';
  exit(2);
}

void put(const std::string &Path, llvm::StringRef Text) {
  std::string Trouble = replaceFile(Path, Text);
  if (!Trouble.empty())
    fail(Trouble);
}

ToolOptions parse(int Argc, const char **Argv) {
  ToolOptions Options;
  int I = 1;
  auto Value = [&](llvm::StringRef Name) -> std::string {
    if (++I >= Argc)
      fail(Name + " needs a value");
    return Argv[I];
  };
  for (; I < Argc; ++I) {
    llvm::StringRef A = Argv[I];
    if (A == "--")
      break;
    if (A == "--root")
      Options.Facts.Roots.push_back(Value(A));
    else if (A == "--scope")
      Options.Facts.Scopes.push_back(Value(A));
    else if (A == "--macros")
      Options.Macros = Value(A);
    else if (A == "--out")
      Options.Out = Value(A);
    else if (A == "--deps")
      Options.Deps = Value(A);
    else
      fail("unknown option " + A +
           "; expected --root, --scope, --macros, --out, --deps or -- and "
           "the compiler's arguments");
  }
  for (++I; I < Argc; ++I)
    Options.Compiler.push_back(Argv[I]);
  return Options;
}

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

struct Result {
  std::string Facts, Dependencies, Error;
};

bool extract(const CommandLine &Line, const ToolOptions &Options, Result &Got) {
  std::vector<const char *> Arguments = {"clang"};
  for (const std::string &A : Line.Clang)
    Arguments.push_back(A.c_str());
  Arguments.push_back("-resource-dir");
  Arguments.push_back(MMUCHECK_CLANG_RESOURCE_DIR);
  Arguments.push_back(Line.Source.c_str());

  FirstError First;
  auto Engine = CompilerInstance::createDiagnostics(new DiagnosticOptions,
                                                    &First, false);
  CreateInvocationOptions How;
  How.Diags = Engine;
  std::shared_ptr<CompilerInvocation> Invocation =
      createInvocation(Arguments, std::move(How));
  if (!Invocation) {
    Got.Error = First.Text.empty() ? "Clang does not take this command line"
                                   : First.Text;
    return false;
  }
  Invocation->getFrontendOpts().SkipFunctionBodies = true;
  Invocation->getFrontendOpts().DisableFree = true;
  if (!Options.Macros.empty()) {
    auto &Includes = Invocation->getPreprocessorOpts().Includes;
    Includes.insert(Includes.begin(), Options.Macros);
  }

  CompilerInstance Compiler;
  Compiler.setInvocation(Invocation);
  Compiler.createDiagnostics(&First, /*ShouldOwnClient=*/false);
  if (!Options.Deps.empty()) {
    DependencyOutputOptions Want;
    Want.IncludeSystemHeaders = true;
    Want.UsePhonyTargets = true; // a header that is gone is no error to make
    Want.Targets = {Options.Out};
    Compiler.addDependencyCollector(
        std::make_shared<Dependencies>(Want, Got.Dependencies));
  }
  FactsAction Action(Options.Facts, Got.Facts);
  bool Done = Compiler.ExecuteAction(Action);
  Got.Error = First.Text;
  return Done && Got.Error.empty() && !Got.Facts.empty();
}

} // namespace

int main(int Argc, const char **Argv) {
  ToolOptions Options = parse(Argc, Argv);
  CommandLine Line = translate(Options.Compiler);
  if (Line.Source.empty())
    fail("no C file in the compiler's arguments");
  if (Options.Out.empty())
    Options.Out = (Line.Object.empty() ? Line.Source : Line.Object) + ".facts";

  Result Got;
  if (!extract(Line, Options, Got))
    fail(Line.Source + ": cannot be read: " +
         (Got.Error.empty() ? "no facts came of it" : Got.Error));
  // The facts first: dependencies without them would call them up to date.
  if (Options.Out == "-")
    llvm::outs() << Got.Facts;
  else
    put(Options.Out, Got.Facts);
  if (!Options.Deps.empty())
    put(Options.Deps, Got.Dependencies);
  return 0;
}
