// SPDX-License-Identifier: GPL-2.0-only

#include "Expressions.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/Builtins.h"

using namespace clang;
using namespace mmucheck;

/// Deeper than any hand-written expression; a table of macros can be deeper.
static constexpr unsigned MaxDepth = 200;

/// What a fact says where nothing can be known.
static const char *const Unknown = "?";

/// Prefix operators bind looser than what follows; "*p" and "&x" before a member
/// or an index are spelled without the detour.
static std::string access(std::string Base, bool Arrow, llvm::StringRef Name) {
  if (Base == Unknown)
    return Base;
  if (Arrow && Base[0] == '&')
    return Base.substr(1) + "." + Name.str();
  if (!Arrow && Base[0] == '*' && Base[1] != '<')
    return Base.substr(1) + "->" + Name.str();
  if (llvm::StringRef("*&!-~<").contains(Base[0]))
    Base = "(" + Base + ")";
  return Base + (Arrow ? "->" : ".") + Name.str();
}

static std::string element(std::string Base, llvm::StringRef Index) {
  if (Base == Unknown)
    return Base;
  if (Base[0] == '&' && llvm::StringRef(Base).ends_with("[0]"))
    Base = Base.substr(1, Base.size() - 4);
  else if (llvm::StringRef("*&!-~<").contains(Base[0]))
    Base = "(" + Base + ")";
  return Base + "[" + Index.str() + "]";
}

void Expressions::bind(const Expr *E, std::string Name) {
  Bound[E->IgnoreParens()] = std::move(Name);
}

bool Expressions::isBound(const Expr *E) const {
  return Bound.count(E->IgnoreParens());
}

/// A name that a macro pastes together ends in a number that counts up through
/// all that was read before: it would differ from unit to unit.
static llvm::StringRef stableName(const VarDecl *Var, const SourceManager &SM) {
  llvm::StringRef Name = Var->getName();
  if (SM.isWrittenInScratchSpace(SM.getSpellingLoc(Var->getLocation())))
    Name = Name.rtrim("0123456789");
  return Name.empty() ? "arg" : Name;
}

std::string Expressions::variable(const VarDecl *Var) {
  Var = Var->getCanonicalDecl();
  std::string &Name = Variables[Var];
  if (!Name.empty())
    return Name;
  Name = stableName(Var, Context.getSourceManager()).str();
  unsigned Nth = ++Taken[Name];
  if (Nth > 1)
    Name += "'" + std::to_string(Nth);
  Order.push_back(Var);
  return Name;
}

void Expressions::same(const VarDecl *Other, const VarDecl *Var) {
  std::string Name = variable(Var);
  Variables.try_emplace(Other->getCanonicalDecl(), Name);
}

std::string Expressions::text(const Expr *E) {
  E = E->IgnoreParens();
  auto It = Bound.find(E);
  if (It != Bound.end())
    return It->second;
  if (Depth >= MaxDepth)
    return Unknown;
  ++Depth;
  std::string Text = unbound(E);
  --Depth;
  return Text;
}

/// Folds what Clang can fold without looking at a variable.
bool Expressions::constant(const Expr *E, std::string &Text) {
  switch (E->getStmtClass()) {
  case Stmt::BinaryOperatorClass:
  case Stmt::UnaryOperatorClass:
  case Stmt::UnaryExprOrTypeTraitExprClass:
  case Stmt::OffsetOfExprClass:
  case Stmt::ConditionalOperatorClass:
  case Stmt::TypeTraitExprClass:
  case Stmt::CStyleCastExprClass:
  case Stmt::CallExprClass:
    break;
  case Stmt::ImplicitCastExprClass: {
    const Expr *Sub = E->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Sub);
    if (!isa<IntegerLiteral, CharacterLiteral>(Sub) &&
        !(Ref && isa<EnumConstantDecl>(Ref->getDecl())))
      return false;
    break;
  }
  default:
    return false;
  }
  if (!E->getType()->isIntegralOrEnumerationType() || E->isValueDependent())
    return false;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects))
    return false;
  llvm::SmallString<32> Digits;
  Result.Val.getInt().toString(Digits, 10);
  Text = std::string(Digits);
  return true;
}

std::string Expressions::unbound(const Expr *E) {
  std::string Text;
  if (constant(E, Text))
    return Text;

  switch (E->getStmtClass()) {
  case Stmt::IntegerLiteralClass: {
    llvm::SmallString<32> Digits;
    cast<IntegerLiteral>(E)->getValue().toString(
        Digits, 10, E->getType()->isSignedIntegerType());
    return std::string(Digits);
  }
  case Stmt::CharacterLiteralClass:
    return std::to_string(cast<CharacterLiteral>(E)->getValue());
  case Stmt::StringLiteralClass:
  case Stmt::PredefinedExprClass:
    return "\"\"";
  case Stmt::DeclRefExprClass:
    return declaration(cast<DeclRefExpr>(E));
  case Stmt::MemberExprClass:
    return member(cast<MemberExpr>(E));
  case Stmt::ArraySubscriptExprClass: {
    const auto *A = cast<ArraySubscriptExpr>(E);
    return element(text(A->getBase()), text(A->getIdx()));
  }
  case Stmt::UnaryOperatorClass:
    return unary(cast<UnaryOperator>(E));
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    return binary(cast<BinaryOperator>(E));
  case Stmt::ConditionalOperatorClass: {
    const auto *C = cast<ConditionalOperator>(E);
    std::string Which = text(C->getCond());
    if (Which == "0" || Which == "1")
      return text(Which == "1" ? C->getTrueExpr() : C->getFalseExpr());
    return "(" + Which + " ? " + text(C->getTrueExpr()) + " : " +
           text(C->getFalseExpr()) + ")";
  }
  case Stmt::BinaryConditionalOperatorClass: {
    const auto *C = cast<BinaryConditionalOperator>(E);
    std::string First = text(C->getCommon());
    return "(" + First + " ? " + First + " : " + text(C->getFalseExpr()) + ")";
  }
  case Stmt::OpaqueValueExprClass:
    if (const Expr *Source = cast<OpaqueValueExpr>(E)->getSourceExpr())
      return text(Source);
    return Unknown;
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
    return castExpr(cast<CastExpr>(E));
  case Stmt::ConstantExprClass:
    return text(cast<ConstantExpr>(E)->getSubExpr());
  case Stmt::ChooseExprClass:
    return text(cast<ChooseExpr>(E)->getChosenSubExpr());
  case Stmt::GenericSelectionExprClass: {
    const auto *G = cast<GenericSelectionExpr>(E);
    return G->isResultDependent() ? Unknown : text(G->getResultExpr());
  }
  case Stmt::StmtExprClass: {
    const CompoundStmt *Body = cast<StmtExpr>(E)->getSubStmt();
    if (const Stmt *Last = Body->getStmtExprResult())
      if (const auto *Value = dyn_cast<Expr>(Last))
        return text(Value);
    return Unknown;
  }
  case Stmt::CallExprClass:
    // A call that does something was bound to the row that does it; these
    // only hand a value through.
    if (const FunctionDecl *F = cast<CallExpr>(E)->getDirectCallee())
      switch (F->getBuiltinID()) {
      case Builtin::BI__builtin_expect:
      case Builtin::BI__builtin_expect_with_probability:
      case Builtin::BI__builtin_assume_aligned:
        return text(cast<CallExpr>(E)->getArg(0));
      case Builtin::BI__builtin_constant_p:
        return "0";
      }
    return Unknown;
  default:
    return Unknown;
  }
}

std::string Expressions::declaration(const DeclRefExpr *E) {
  const ValueDecl *D = E->getDecl();
  if (const auto *Constant = dyn_cast<EnumConstantDecl>(D)) {
    llvm::SmallString<32> Digits;
    Constant->getInitVal().toString(Digits, 10);
    return std::string(Digits);
  }
  if (const auto *F = dyn_cast<FunctionDecl>(D)) {
    Used.insert(F->getCanonicalDecl());
    // What an override calls stands for the macro that it takes the place of.
    llvm::StringRef Name = F->getName();
    Name.consume_front("__mmucheck_");
    return "@" + Name.str();
  }
  if (const auto *Var = dyn_cast<VarDecl>(D))
    return Var->hasLocalStorage() ? variable(Var) : Spell.global(Var);
  // A guard of one member names another one of the same record.
  if (const auto *Field = dyn_cast<FieldDecl>(D))
    return "this->" + Spell.field(Field);
  return Unknown;
}

std::string Expressions::member(const MemberExpr *E) {
  const auto *Field = dyn_cast<FieldDecl>(E->getMemberDecl());
  if (!Field)
    return Unknown;
  // An unnamed struct or union inside a record is spelled as the record, the
  // arrow stays with the member that is named.
  bool Arrow = E->isArrow();
  const Expr *Base = E->getBase()->IgnoreParens();
  if (Field->isAnonymousStructOrUnion())
    return text(Base);
  while (const auto *Outer = dyn_cast<MemberExpr>(Base)) {
    const auto *Unnamed = dyn_cast<FieldDecl>(Outer->getMemberDecl());
    if (Arrow || !Unnamed || !Unnamed->isAnonymousStructOrUnion())
      break;
    Arrow = Outer->isArrow();
    Base = Outer->getBase()->IgnoreParens();
  }
  return access(text(Base), Arrow, Spell.field(Field));
}

std::string Expressions::unary(const UnaryOperator *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getOpcode()) {
  case UO_AddrOf: {
    std::string Text = text(Sub);
    if (Text == Unknown || Sub->getType()->isFunctionType())
      return Text;
    return Text[0] == '*' ? Text.substr(1) : "&" + Text;
  }
  case UO_Deref: {
    std::string Text = text(Sub);
    if (Text == Unknown || E->getType()->isFunctionType())
      return Text;
    return Text[0] == '&' ? Text.substr(1) : "*" + Text;
  }
  case UO_LNot:
    return "!" + text(Sub);
  case UO_Minus:
    return "-" + text(Sub);
  case UO_Not:
    return "~" + text(Sub);
  default:
    return text(Sub);
  }
}

std::string Expressions::binary(const BinaryOperator *E) {
  if (E->isAssignmentOp())
    return text(E->getLHS());
  if (E->getOpcode() == BO_Comma)
    return text(E->getRHS());
  // What a constant decides has no second operand: it was never computed.
  std::string Left = text(E->getLHS());
  if ((E->getOpcode() == BO_LAnd && Left == "0") ||
      (E->getOpcode() == BO_LOr && Left == "1"))
    return Left;
  return "(" + Left + " " + E->getOpcodeStr().str() + " " +
         text(E->getRHS()) + ")";
}

std::string Expressions::conversion(QualType To, QualType From) {
  if (To->isIntegralOrEnumerationType() && From->isIntegralOrEnumerationType() &&
      !To->isBooleanType() &&
      Context.getIntWidth(To) < Context.getIntWidth(From))
    return "<" + Spell.type(To.getUnqualifiedType()) + ">";
  if (To->isPointerType() && From->isPointerType() &&
      !To->isVoidPointerType() && !To->isFunctionPointerType() &&
      !Context.hasSameUnqualifiedType(To->getPointeeType(),
                                      From->getPointeeType()))
    return "<" + Spell.type(To) + ">";
  if (To->isPointerType() && From->isIntegralOrEnumerationType() &&
      To->getPointeeType()->isRecordType())
    return "<" + Spell.type(To) + ">";
  return "";
}

static bool isNumber(llvm::StringRef Text) {
  return clang::isDigit(Text[0]) || (Text.size() > 1 && Text[0] == '-' && clang::isDigit(Text[1]));
}

/// What is computed in few bits and used in more: "<#u32>(gfn << 12)" for what
/// the shift loses before it is widened. Only where operands are no small
/// numbers as a rule: sums are not shown so.
std::string Expressions::cut(QualType To, const Expr *Sub) {
  QualType From = Sub->getType();
  if (!To->isIntegralOrEnumerationType() || !From->isIntegerType() ||
      Context.getIntWidth(To) <= Context.getIntWidth(From))
    return "";
  Sub = Sub->IgnoreParens();
  bool Loses = false;
  if (const auto *B = dyn_cast<BinaryOperator>(Sub))
    Loses = B->getOpcode() == BO_Shl && !B->getLHS()->isIntegerConstantExpr(Context);
  else if (const auto *U = dyn_cast<UnaryOperator>(Sub))
    Loses = (U->getOpcode() == UO_Not || U->getOpcode() == UO_Minus) &&
            From->isUnsignedIntegerType();
  return Loses ? "<" + Spell.type(From.getUnqualifiedType()) + ">" : "";
}

std::string Expressions::castExpr(const CastExpr *E) {
  const Expr *Sub = E->getSubExpr();
  switch (E->getCastKind()) {
  case CK_ArrayToPointerDecay: {
    std::string Text = text(Sub);
    return Text == Unknown || Text == "\"\"" ? Text : "&" + Text + "[0]";
  }
  case CK_FunctionToPointerDecay:
  case CK_BuiltinFnToFnPtr:
  case CK_LValueToRValue:
  case CK_NoOp:
    return text(Sub);
  case CK_NullToPointer:
    // "((type *)0)->member" names a member of the type.
    return isa<CStyleCastExpr>(E) && E->getType()->getPointeeType()->isRecordType()
               ? "<" + Spell.type(E->getType()) + ">0"
               : "0";
  case CK_ToVoid:
    return text(Sub);
  default: {
    std::string Text = text(Sub);
    if (Text[0] == '@' || Text == Unknown)
      return Text;
    return conversion(E->getType(), Sub->getType()) +
           (isNumber(Text) ? "" : cut(E->getType(), Sub)) + Text;
  }
  }
}
