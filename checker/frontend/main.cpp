// SPDX-License-Identifier: GPL-2.0-only
//
// mmucheck-facts: one C file of a kernel tree in, one file of facts out.
//
//   mmucheck-facts [--root DIR] [--scope PATTERN] [--macros FILE] [--out FILE]
//                  -- COMPILER-ARGUMENTS

#include "CommandLine.h"
#include "FactsAction.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>

using namespace clang;
using namespace mmucheck;

namespace {

struct ToolOptions {
  FactsOptions Facts;
  std::string Macros, Out;
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
    else
      fail("unknown option " + A +
           "; expected --root, --scope, --macros, --out or -- and the "
           "compiler's arguments");
  }
  for (++I; I < Argc; ++I)
    Options.Compiler.push_back(Argv[I]);
  return Options;
}

/// Writes \p Text to \p Path by way of a temporary file beside it, so that a
/// reader never sees half of it.
void write(const std::string &Path, llvm::StringRef Text) {
  llvm::SmallString<256> Temporary;
  int Descriptor;
  if (std::error_code E = llvm::sys::fs::createUniqueFile(
          Path + ".%%%%%%.tmp", Descriptor, Temporary))
    fail(Path + ": cannot be written: " + E.message());
  std::string Trouble;
  {
    llvm::raw_fd_ostream OS(Descriptor, /*shouldClose=*/true);
    OS << Text;
    OS.close();
    if (OS.has_error()) {
      Trouble = OS.error().message();
      OS.clear_error();
    }
  }
  if (Trouble.empty())
    if (std::error_code E = llvm::sys::fs::rename(Temporary, Path))
      Trouble = E.message();
  if (!Trouble.empty()) {
    llvm::sys::fs::remove(Temporary);
    fail(Path + ": cannot be written: " + Trouble);
  }
}

bool extract(const CommandLine &Line, const ToolOptions &Options,
             std::string &Text, std::string &Error) {
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
    Error = First.Text.empty() ? "Clang does not take this command line"
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
  FactsAction Action(Options.Facts, Text);
  bool Done = Compiler.ExecuteAction(Action);
  Error = First.Text;
  return Done && Error.empty() && !Text.empty();
}

} // namespace

int main(int Argc, const char **Argv) {
  ToolOptions Options = parse(Argc, Argv);
  CommandLine Line = translate(Options.Compiler);
  if (Line.Source.empty())
    fail("no C file in the compiler's arguments");
  if (Options.Out.empty())
    Options.Out = (Line.Object.empty() ? Line.Source : Line.Object) + ".facts";

  std::string Text, Error;
  if (!extract(Line, Options, Text, Error))
    fail(Line.Source + ": cannot be read: " +
         (Error.empty() ? "no facts came of it" : Error));
  if (Options.Out == "-")
    llvm::outs() << Text;
  else
    write(Options.Out, Text);
  return 0;
}
