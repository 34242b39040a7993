// SPDX-License-Identifier: GPL-2.0-only

#include "CommandLine.h"
#include "clang/Driver/Options.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/Path.h"

using namespace clang::driver;
using namespace mmucheck;
using llvm::StringRef;

/// kbuild's CHECK is not told the object, but -Wp,-MMD,DIR/.NAME.d names the
/// dependency file that goes with DIR/NAME.
static std::string objectOf(StringRef DependencyFile) {
  StringRef Dir = llvm::sys::path::parent_path(DependencyFile);
  StringRef Name = llvm::sys::path::filename(DependencyFile);
  if (!Name.consume_front(".") || !Name.consume_back(".d"))
    return "";
  return Dir.empty() ? Name.str() : (Dir + "/" + Name).str();
}

/// gcc is built for one machine and is not told which on its command line, so
/// kbuild's does not say it. Sparse is told, and the include path of the tree
/// has the name.
static StringRef architecture(StringRef Argument) {
  if (Argument.consume_front("--arch="))
    return Argument;
  if (!Argument.consume_front("-I") || !Argument.consume_back("/include"))
    return "";
  auto [Tree, Name] = Argument.rsplit('/');
  return Tree == "arch" || Tree.ends_with("/arch") ? Name : "";
}

static StringRef tripleOf(StringRef Architecture) {
  return llvm::StringSwitch<StringRef>(Architecture)
      .Cases("x86", "x86_64", "i386", "x86_64-linux-gnu")
      .Case("arm64", "aarch64-linux-gnu")
      .Case("arm", "arm-linux-gnueabi")
      .Case("loongarch", "loongarch64-linux-gnu")
      .Case("mips", "mips64-linux-gnu")
      .Case("powerpc", "powerpc64le-linux-gnu")
      .Case("riscv", "riscv64-linux-gnu")
      .Case("s390", "s390x-linux-gnu")
      .Default("");
}

/// Flags that Clang knows but that concern warnings, code generation or
/// output: they change nothing in what the source says.
static bool isIdle(const llvm::opt::Arg &A) {
  if (A.getOption().matches(options::OPT_W_Group) ||
      A.getOption().matches(options::OPT_o) ||
      A.getOption().matches(options::OPT_c) ||
      A.getOption().matches(options::OPT_S) ||
      A.getOption().matches(options::OPT_Wa_COMMA) ||
      A.getOption().matches(options::OPT_Wl_COMMA) ||
      A.getOption().matches(options::OPT_E) ||
      A.getOption().matches(options::OPT_M_Group) ||
      A.getOption().matches(options::OPT_fplugin_EQ) ||
      A.getOption().matches(options::OPT_fplugin_arg) ||
      A.getOption().matches(options::OPT_pedantic_Group) ||
      A.getOption().matches(options::OPT_g_Group))
    return true;
  if (A.getOption().matches(options::OPT_Wp_COMMA))
    return StringRef(A.getValue()).starts_with("-M");
  StringRef Spelling = A.getSpelling();
  return Spelling.starts_with("-fsanitize") ||
         Spelling.starts_with("-mfunction-return") ||
         Spelling.starts_with("-mretpoline") ||
         Spelling.starts_with("-mharden-sls") ||
         Spelling.starts_with("-fpatchable-function-entry") ||
         Spelling.starts_with("-ftrivial-auto-var-init") ||
         Spelling.starts_with("-fzero-call-used-regs") ||
         Spelling.starts_with("-falign-") || Spelling.starts_with("-mstack-") ||
         Spelling.starts_with("-flto") || Spelling.starts_with("-fprofile") ||
         Spelling.starts_with("-fcoverage");
}

CommandLine mmucheck::translate(const std::vector<std::string> &Arguments) {
  CommandLine Line;
  llvm::SmallVector<const char *, 256> Raw;
  for (const std::string &A : Arguments)
    Raw.push_back(A.c_str());

  StringRef Triple;
  for (const std::string &A : Arguments)
    if (Triple.empty())
      Triple = tripleOf(architecture(A));

  unsigned MissingIndex, MissingCount;
  llvm::opt::InputArgList Parsed = getDriverOptTable().ParseArgs(
      Raw, MissingIndex, MissingCount,
      llvm::opt::Visibility(options::ClangOption));
  if (!Triple.empty() && !Parsed.hasArg(options::OPT_target))
    Line.Clang.push_back(("--target=" + Triple).str());
  for (const llvm::opt::Arg *A : Parsed) {
    if (A->getOption().matches(options::OPT_INPUT)) {
      StringRef Name = A->getValue();
      if (Name.ends_with(".c") || Name.ends_with(".i"))
        Line.Source = Name.str();
      continue;
    }
    if (A->getOption().matches(options::OPT_UNKNOWN))
      continue;
    if (A->getOption().matches(options::OPT_o))
      Line.Object = A->getValue();
    if (A->getOption().matches(options::OPT_Wp_COMMA) &&
        A->getNumValues() == 2 && Line.Object.empty())
      Line.Object = objectOf(A->getValue(1));
    if (isIdle(*A))
      continue;
    llvm::opt::ArgStringList Rendered;
    A->render(Parsed, Rendered);
    Line.Clang.insert(Line.Clang.end(), Rendered.begin(), Rendered.end());
  }
  Line.Clang.push_back("-w");
  Line.Clang.push_back("-fsyntax-only");
  return Line;
}
