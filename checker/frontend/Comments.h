// SPDX-License-Identifier: GPL-2.0-only
//
// What comments say to the checker: "mmucheck: TEXT", as the rows "comment".

#ifndef MMUCHECK_FRONTEND_COMMENTS_H
#define MMUCHECK_FRONTEND_COMMENTS_H

#include "Names.h"
#include "clang/Lex/Preprocessor.h"
#include <functional>
#include <string>
#include <vector>

namespace mmucheck {

class Comments : public clang::CommentHandler {
public:
  /// Comments are collected where \p IsWanted says so.
  explicit Comments(std::function<bool(clang::SourceLocation)> IsWanted)
      : IsWanted(std::move(IsWanted)) {}

  bool HandleComment(clang::Preprocessor &PP,
                     clang::SourceRange Comment) override;

  /// "comment FILE:LINE:COLUMN:END TEXT" for each, sorted.
  std::string print(const Names &Spell) const;

private:
  struct Said {
    clang::SourceLocation At;
    unsigned End; ///< the last line that it is about
    std::string Text;
  };

  std::function<bool(clang::SourceLocation)> IsWanted;
  std::vector<Said> All;
};

} // namespace mmucheck

#endif
