// SPDX-License-Identifier: GPL-2.0-only

#include "Comments.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"
#include <set>
#include <tuple>

using namespace clang;
using namespace mmucheck;

/// The words of a comment without its marks, apart by one blank; what is no
/// ASCII is '?'.
static std::string words(llvm::StringRef Comment) {
  std::string Text;
  Comment.consume_back("*/");
  while (!Comment.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Comment) = Comment.split('\n');
    llvm::SmallVector<llvm::StringRef, 16> Words;
    llvm::SplitString(Line.ltrim(" \t/*"), Words, " \t\r\v\f");
    for (llvm::StringRef Word : Words)
      Text += (Text.empty() ? "" : " ") + Word.str();
  }
  for (char &C : Text)
    if (static_cast<unsigned char>(C) < ' ' || static_cast<unsigned char>(C) > '~')
      C = '?';
  return Text;
}

/// True if a row of code begins in front of \p At and goes on to it.
static bool standsBehindCode(llvm::StringRef File, unsigned At) {
  llvm::StringRef Line = File.take_front(At);
  Line = Line.drop_front(Line.rfind('\n') + 1);
  return !Line.trim().empty();
}

/// Where the statement ends that begins behind \p From: at its semicolon, at
/// the brace that it opens, at that which closes the block around it.
static unsigned statementEnd(const Preprocessor &PP, SourceLocation From,
                             llvm::StringRef File) {
  const SourceManager &SM = PP.getSourceManager();
  auto [Id, Offset] = SM.getDecomposedLoc(From);
  Lexer Lex(SM.getLocForStartOfFile(Id), PP.getLangOpts(), File.begin(),
            File.begin() + Offset, File.end());
  int Depth = 0;
  SourceLocation Last = From;
  Token Next;
  while (!Lex.LexFromRawLexer(Next) && Next.isNot(tok::eof)) {
    if (Next.is(tok::hash) && Next.isAtStartOfLine())
      break;
    Last = Next.getLocation();
    Depth += Next.is(tok::l_paren) - Next.is(tok::r_paren);
    if (Next.isOneOf(tok::l_brace, tok::r_brace) ||
        (Next.is(tok::semi) && Depth <= 0))
      break;
  }
  return SM.getSpellingLineNumber(Last);
}

bool Comments::HandleComment(Preprocessor &PP, SourceRange Comment) {
  const SourceManager &SM = PP.getSourceManager();
  auto [Id, Begin] = SM.getDecomposedLoc(Comment.getBegin());
  llvm::StringRef File = SM.getBufferData(Id);
  unsigned End = SM.getFileOffset(Comment.getEnd());
  llvm::StringRef Text = File.slice(Begin, End);
  if (!Text.ltrim(" \t\r\n/*").starts_with("mmucheck:") ||
      !IsWanted(Comment.getBegin()))
    return false;
  std::string Said = words(Text);
  llvm::StringRef Rest = Said;
  Rest.consume_front("mmucheck:");
  unsigned Line = standsBehindCode(File, Begin)
                      ? SM.getSpellingLineNumber(Comment.getEnd())
                      : statementEnd(PP, Comment.getEnd(), File);
  All.push_back({Comment.getBegin(), Line, Rest.trim().str()});
  return false;
}

std::string Comments::print(const Names &Spell) const {
  std::set<std::tuple<std::string, unsigned, unsigned, std::string>> Rows;
  for (const Said &Comment : All) {
    Place At = Spell.place(Comment.At);
    Rows.insert({At.File, At.Line, At.Column,
                 std::to_string(Comment.End) + ' ' +
                     (Comment.Text.empty() ? "?" : Comment.Text)});
  }
  std::string Text;
  for (const auto &[File, Line, Column, Rest] : Rows)
    Text += "comment " + File + ':' + std::to_string(Line) + ':' +
            std::to_string(Column) + ':' + Rest + '\n';
  return Text;
}
