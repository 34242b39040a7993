// SPDX-License-Identifier: GPL-2.0-only
//
// mmucheck-facts: one C file of a kernel tree in, one file of facts out.
//
//   mmucheck-facts [--root DIR] [--scope PATTERN] [--macros FILE] [--out FILE]
//                  [--deps FILE] -- COMPILER-ARGUMENTS

#include "Output.h"
#include "Reading.h"
#include "llvm/Support/raw_ostream.h"

using namespace mmucheck;

namespace {

struct ToolOptions {
  ReadOptions Read;
  std::string Out, Deps;
  std::vector<std::string> Compiler;
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
      Options.Read.Facts.Roots.push_back(Value(A));
    else if (A == "--scope")
      Options.Read.Facts.Scopes.push_back(Value(A));
    else if (A == "--macros")
      Options.Read.Macros = Value(A);
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

} // namespace

int main(int Argc, const char **Argv) {
  ToolOptions Options = parse(Argc, Argv);
  CommandLine Line = translate(Options.Compiler);
  if (Line.Source.empty())
    fail("no C file in the compiler's arguments");
  if (Options.Out.empty())
    Options.Out = (Line.Object.empty() ? Line.Source : Line.Object) + ".facts";

  if (!Options.Deps.empty())
    Options.Read.Target = Options.Out;

  Reading Got = read(Line, MMUCHECK_CLANG_RESOURCE_DIR, Options.Read);
  if (!Got.Error.empty())
    fail(Line.Source + ": cannot be read: " + Got.Error);
  // The facts first: dependencies without them would call them up to date.
  if (Options.Out == "-")
    llvm::outs() << Got.Facts;
  else
    put(Options.Out, Got.Facts);
  if (!Options.Deps.empty())
    put(Options.Deps, Got.Dependencies);
  return 0;
}
