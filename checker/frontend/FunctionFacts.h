// SPDX-License-Identifier: GPL-2.0-only
//
// One function body to its rows: Clang's control flow graph, with what each
// block does spelled in order.

#ifndef MMUCHECK_FRONTEND_FUNCTIONFACTS_H
#define MMUCHECK_FRONTEND_FUNCTIONFACTS_H

#include "Expressions.h"
#include "clang/Analysis/CFG.h"
#include <string>

namespace mmucheck {

class FunctionFacts {
public:
  FunctionFacts(const clang::FunctionDecl *Function,
                const clang::ASTContext &Context, Names &Spell,
                bool IsExported);

  /// The function's block of facts, from its "func" row on; an "unread" row if
  /// Clang cannot build a graph for the body.
  std::string print();

  /// Functions that the body named, as a call or as a value.
  const llvm::DenseSet<const clang::FunctionDecl *> &used() const {
    return Text.Used;
  }

private:
  void signature(llvm::raw_ostream &OS, llvm::StringRef Kind);
  std::string unread(llvm::StringRef Why);
  void header(llvm::raw_ostream &OS);
  struct BlockRows {
    std::string Text, LastPlace;
  };

  BlockRows rows(const clang::CFGBlock &B);
  void element(const clang::CFGElement &Element);
  void terminator(const clang::CFGBlock &B);
  void branch(const clang::CFGBlock &B, const clang::Stmt *Terminator);
  void switchOn(const clang::CFGBlock &B, const clang::SwitchStmt *Switch);

  void statement(const clang::Stmt *S);
  void call(const clang::CallExpr *E);
  void assign(const clang::BinaryOperator *E);
  void step(const clang::UnaryOperator *E);
  void declare(const clang::VarDecl *Var);
  void findStaticLiterals();
  void literal(const clang::CompoundLiteralExpr *E);
  void initialise(const std::string &Place, const clang::Expr *Init);
  void members(const std::string &To, const clang::RecordDecl *Record,
               const clang::InitListExpr *List);
  void assembly(const clang::AsmStmt *S);

  void at(clang::SourceLocation Loc);
  llvm::raw_ostream &row(clang::SourceLocation Loc);
  std::string temporary() { return "%" + std::to_string(++Temporaries); }
  const clang::CFGBlock *passed(const clang::CFGBlock *B) const;
  std::string target(const clang::CFGBlock *B);

  const clang::FunctionDecl *Function;
  const clang::ASTContext &Context;
  Names &Spell;
  Expressions Text;
  std::string Body;
  llvm::raw_string_ostream OS;
  std::string File, LastPlace;
  llvm::DenseMap<const clang::CFGBlock *, BlockRows> Rows;
  llvm::DenseMap<const clang::CFGBlock *, unsigned> Numbers;
  const clang::CFGBlock *Exit = nullptr;
  std::vector<std::string> Literals;
  llvm::DenseSet<const clang::CompoundLiteralExpr *> StaticLiterals;
  unsigned Temporaries = 0;
  bool EndsByBranch = false;
  bool IsExported;
};

} // namespace mmucheck

#endif
