// SPDX-License-Identifier: GPL-2.0-only
//
// One translation unit to the text of its facts.

#ifndef MMUCHECK_FRONTEND_FACTSACTION_H
#define MMUCHECK_FRONTEND_FACTSACTION_H

#include "Names.h"
#include "clang/Frontend/FrontendAction.h"
#include <memory>
#include <string>
#include <vector>

namespace mmucheck {

struct FactsOptions {
  std::vector<std::string> Roots;  ///< stripped from the front of file names
  std::vector<std::string> Scopes; ///< what is checked; bodies elsewhere are not parsed
};

/// Runs over one file and leaves its facts in \p Text.
class FactsAction : public clang::ASTFrontendAction {
public:
  FactsAction(FactsOptions Options, std::string &Text)
      : Options(std::move(Options)), Text(Text) {}

  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &Compiler,
                    llvm::StringRef File) override;

private:
  FactsOptions Options;
  std::string &Text;
};

/// The consumer itself, for the plugin.
std::unique_ptr<clang::ASTConsumer>
createFactsConsumer(clang::CompilerInstance &Compiler, llvm::StringRef File,
                    FactsOptions Options, std::string &Text);

} // namespace mmucheck

#endif
