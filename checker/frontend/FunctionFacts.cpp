// SPDX-License-Identifier: GPL-2.0-only

#include "FunctionFacts.h"
#include "Contracts.h"
#include "clang/AST/ASTContext.h"
#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "clang/Basic/Builtins.h"

using namespace clang;
using namespace mmucheck;

FunctionFacts::FunctionFacts(const FunctionDecl *Function,
                             const ASTContext &Context, Names &Spell,
                             bool IsExported)
    : Function(Function), Context(Context), Spell(Spell), Text(Context, Spell),
      OS(Body), IsExported(IsExported) {}

static CFG::BuildOptions graphOptions() {
  CFG::BuildOptions Options;
  // Every expression that does something has a place of its own in the order
  // of evaluation; cleanup functions run where their scope ends.
  Options.setAlwaysAdd(Stmt::BinaryOperatorClass)
      .setAlwaysAdd(Stmt::CompoundAssignOperatorClass)
      .setAlwaysAdd(Stmt::UnaryOperatorClass)
      .setAlwaysAdd(Stmt::CompoundLiteralExprClass)
      .setAlwaysAdd(Stmt::AtomicExprClass);
  Options.AddImplicitDtors = true;
  return Options;
}

std::string FunctionFacts::print() {
  Stmt *Statement = Function->getBody();
  std::unique_ptr<CFG> Graph =
      CFG::buildCFG(Function, Statement, const_cast<ASTContext *>(&Context),
                    graphOptions());
  if (!Graph)
    return unread("Clang has no control flow graph for it");
  File = Spell.place(Function->getLocation()).File;
  Exit = &Graph->getExit();
  findStaticLiterals();

  PostOrderCFGView Order(Graph.get());
  for (const CFGBlock *B : Order)
    if (B != Exit)
      Rows[B] = rows(*B);
  unsigned Count = 0;
  for (const CFGBlock *B : Order)
    if (B != Exit && (!passed(B) || B == &Graph->getEntry()))
      Numbers[B] = Count++;
  for (const CFGBlock *B : Order)
    if (Numbers.count(B)) {
      OS << 'b' << Numbers[B] << '\n' << Rows[B].Text;
      LastPlace = Rows[B].LastPlace;
      terminator(*B);
    }
  // A loop that ends the function leaves by way of the closing brace.
  if (EndsByBranch) {
    OS << 'b' << Numbers.size() << '\n';
    row(Function->getBody()->getEndLoc()) << "return\n";
    OS << "exit\n";
  }

  std::string Whole;
  llvm::raw_string_ostream Out(Whole);
  header(Out);
  Out << Body;
  return Whole;
}

/// static: another unit may have one of the same name. inline: so may have the
/// same one. global: there is just one.
static const char *linkage(const FunctionDecl *F) {
  if (F->isInlineSpecified())
    return "inline";
  return F->isExternallyVisible() ? "global" : "static";
}

void FunctionFacts::signature(llvm::raw_ostream &Out, llvm::StringRef Kind) {
  Place At = Spell.place(Function->getLocation());
  Place End = Spell.place(Function->getBody()->getEndLoc());
  Out << Kind << ' ' << Function->getName() << ' ' << linkage(Function) << ' '
      << At.File << ':' << At.Line << ':' << At.Column << ':' << End.Line << ' '
      << Spell.type(Function->getReturnType());
}

std::string FunctionFacts::unread(llvm::StringRef Why) {
  std::string Row;
  llvm::raw_string_ostream Out(Row);
  signature(Out, "unread");
  Out << ' ' << Why << '\n';
  return Out.str();
}

void FunctionFacts::header(llvm::raw_ostream &Out) {
  signature(Out, "func");
  Out << (IsExported ? " export" : "") << '\n';
  for (const ParmVarDecl *Parameter : Function->parameters())
    Out << "param " << Text.variable(Parameter) << ' '
        << Spell.type(Parameter->getType()) << '\n';
  for (const VarDecl *Var : Text.variables())
    if (!isa<ParmVarDecl>(Var))
      Out << "local " << Text.variable(Var) << ' '
          << Spell.type(Var->getType()) << '\n';
  for (const std::string &Literal : Literals)
    Out << "local " << Literal << '\n';
  Out << functionContracts(Function, Text);
}

void FunctionFacts::at(SourceLocation Loc) {
  Place At = Spell.place(Loc);
  if (At.Line && At.File == File)
    LastPlace = std::to_string(At.Line) + ":" + std::to_string(At.Column);
}

llvm::raw_ostream &FunctionFacts::row(SourceLocation Loc) {
  at(Loc);
  return OS << LastPlace << ' ';
}

/// Where control goes on when it comes to \p B: past a block in which nothing
/// happens, nullptr if B is not one.
const CFGBlock *FunctionFacts::passed(const CFGBlock *B) const {
  auto It = Rows.find(B);
  if (It == Rows.end() || !It->second.Text.empty() || B->hasNoReturnElement())
    return nullptr;
  // The way back of "do { } while (0)" is there, but leads nowhere.
  const CFGBlock *Only = nullptr;
  for (const CFGBlock *Next : B->succs()) {
    if (Next && Only)
      return nullptr;
    Only = Next ? Next : Only;
  }
  return Only == B || Only == Exit ? nullptr : Only;
}

std::string FunctionFacts::target(const CFGBlock *B) {
  for (unsigned Steps = 0; B && passed(B) && Steps < Rows.size(); ++Steps)
    B = passed(B);
  if (!B)
    return "-";
  if (B == Exit)
    EndsByBranch = true;
  return "b" + std::to_string(B == Exit ? Numbers.size() : Numbers.lookup(B));
}

FunctionFacts::BlockRows FunctionFacts::rows(const CFGBlock &B) {
  if (LastPlace.empty())
    at(Function->getLocation());
  for (const CFGElement &Element : B)
    element(Element);
  BlockRows Done{std::move(Body), LastPlace};
  Body.clear();
  return Done;
}

void FunctionFacts::element(const CFGElement &Element) {
  if (auto S = Element.getAs<CFGStmt>())
    return statement(S->getStmt());
  if (auto Cleanup = Element.getAs<CFGCleanupFunction>()) {
    const VarDecl *Var = Cleanup->getVarDecl();
    const FunctionDecl *F = Cleanup->getFunctionDecl();
    Text.Used.insert(F->getCanonicalDecl());
    row(SourceLocation()) << "call @" << F->getName() << "(&"
                          << Text.variable(Var) << ")\n";
  }
}

/// False where the closing brace is what ends the function.
static bool returns(const CFGBlock &B) {
  for (const CFGElement &Element : B)
    if (auto S = Element.getAs<CFGStmt>())
      if (isa<ReturnStmt>(S->getStmt()))
        return true;
  return false;
}

void FunctionFacts::terminator(const CFGBlock &B) {
  if (B.hasNoReturnElement()) {
    OS << "stop\n";
    return;
  }
  const Stmt *Terminator = B.getTerminatorStmt();
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator))
    return switchOn(B, Switch);
  if (B.succ_size() == 2 && Terminator)
    return branch(B, Terminator);
  if (B.succ_size() == 1) {
    const CFGBlock *Next = *B.succ_begin();
    if (Next == Exit) {
      if (!returns(B))
        row(Function->getBody()->getEndLoc()) << "return\n";
      OS << "exit\n";
      return;
    }
    OS << "goto " << target(Next) << '\n';
    return;
  }
  if (B.succ_empty()) {
    OS << "stop\n";
    return;
  }
  OS << "any";
  for (const CFGBlock *Next : B.succs())
    OS << ' ' << target(Next);
  OS << '\n';
}

void FunctionFacts::branch(const CFGBlock &B, const Stmt *Terminator) {
  const CFGBlock *True = *B.succ_begin(), *False = *(B.succ_begin() + 1);
  const auto *E = dyn_cast_or_null<Expr>(B.getTerminatorCondition());
  if (!E || isa<AsmStmt>(Terminator)) {
    OS << "any " << target(True) << ' ' << target(False) << '\n';
    return;
  }
  if (True && False && target(True) == target(False)) {
    OS << "goto " << target(True) << '\n';
    return;
  }
  if (!True || !False) { // Clang knows which way it goes
    OS << "goto " << target(True ? True : False) << '\n';
    return;
  }
  // "a || b" comes here only for b: a had a branch of its own.
  while (const auto *Logical = dyn_cast<BinaryOperator>(E->IgnoreParens())) {
    if (!Logical->isLogicalOp())
      break;
    E = Logical->getRHS();
  }
  row(E->getBeginLoc()) << "if " << Text.text(E) << ' ' << target(True) << ' '
                        << target(False) << '\n';
}

void FunctionFacts::switchOn(const CFGBlock &B, const SwitchStmt *Switch) {
  row(Switch->getCond()->getBeginLoc())
      << "switch " << Text.text(Switch->getCond());
  for (const CFGBlock *Next : B.succs()) {
    const Stmt *Label = Next ? Next->getLabel() : nullptr;
    if (!Next)
      continue;
    // Labels in front of one statement: "case 1: case 2:" are blocks of their
    // own to Clang, so each successor has one label.
    if (const auto *Case = dyn_cast_or_null<CaseStmt>(Label)) {
      OS << ' ' << Case->getLHS()->EvaluateKnownConstInt(Context);
      if (const Expr *High = Case->getRHS())
        OS << ".." << High->EvaluateKnownConstInt(Context);
      OS << ':' << target(Next);
    } else {
      OS << " else:" << target(Next);
    }
  }
  OS << '\n';
}

void FunctionFacts::statement(const Stmt *S) {
  switch (S->getStmtClass()) {
  case Stmt::CallExprClass:
    return call(cast<CallExpr>(S));
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    if (cast<BinaryOperator>(S)->isAssignmentOp())
      assign(cast<BinaryOperator>(S));
    return;
  case Stmt::UnaryOperatorClass:
    if (cast<UnaryOperator>(S)->isIncrementDecrementOp())
      step(cast<UnaryOperator>(S));
    return;
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        declare(Var);
    return;
  case Stmt::ReturnStmtClass: {
    const Expr *Value = cast<ReturnStmt>(S)->getRetValue();
    // The value first: what it takes to spell it may add rows.
    std::string What = Value ? " " + Text.text(Value) : "";
    row(S->getBeginLoc()) << "return" << What << '\n';
    return;
  }
  case Stmt::CompoundLiteralExprClass:
    return literal(cast<CompoundLiteralExpr>(S));
  case Stmt::GCCAsmStmtClass:
    return assembly(cast<AsmStmt>(S));
  default:
    return;
  }
}

/// Builtins that compute a value and touch nothing.
static bool isPure(const FunctionDecl *F, const ASTContext &Context) {
  switch (F->getBuiltinID()) {
  case 0:
    return false;
  case Builtin::BI__builtin_expect:
  case Builtin::BI__builtin_expect_with_probability:
  case Builtin::BI__builtin_constant_p:
  case Builtin::BI__builtin_assume_aligned:
  case Builtin::BI__builtin_object_size:
  case Builtin::BI__builtin_dynamic_object_size:
  case Builtin::BI__builtin_prefetch:
  case Builtin::BI__builtin_unreachable:
    return true;
  default:
    return Context.BuiltinInfo.isConst(F->getBuiltinID());
  }
}

void FunctionFacts::call(const CallExpr *E) {
  if (Text.isBound(E))
    return;
  const FunctionDecl *F = E->getDirectCallee();
  if (F && isPure(F, Context))
    return;
  std::string Arguments;
  for (const Expr *Argument : E->arguments())
    Arguments += (Arguments.empty() ? "" : ", ") + Text.text(Argument);
  std::string Callee = Text.text(E->getCallee());
  std::string Result;
  QualType T = E->getType();
  if (!T->isVoidType()) {
    Result = temporary();
    Text.bind(E, Result);
    if (T->isPointerType() || T->isRecordType() ||
        T->getAs<TypedefType>())
      Result += ":" + Spell.type(T);
    Result += " = ";
  }
  row(E->getBeginLoc()) << Result << "call " << Callee << '(' << Arguments
                        << ")\n";
}

void FunctionFacts::assign(const BinaryOperator *E) {
  std::string To = Text.text(E->getLHS());
  std::string Value = Text.text(E->getRHS());
  if (const auto *Compound = dyn_cast<CompoundAssignOperator>(E))
    Value = "(" + To + " " +
            BinaryOperator::getOpcodeStr(BinaryOperator::getOpForCompoundAssignment(
                                             Compound->getOpcode()))
                .str() +
            " " + Value + ")";
  if (To == "?")
    return;
  row(E->getBeginLoc()) << To << " = " << Value << '\n';
}

void FunctionFacts::step(const UnaryOperator *E) {
  std::string To = Text.text(E->getSubExpr());
  if (To == "?")
    return;
  if (E->isPostfix()) {
    std::string Before = temporary();
    row(E->getBeginLoc()) << Before << " = " << To << '\n';
    Text.bind(E, Before);
  }
  row(E->getBeginLoc()) << To << " = (" << To
                        << (E->isIncrementOp() ? " + 1)" : " - 1)") << '\n';
}

void FunctionFacts::declare(const VarDecl *Var) {
  if (!Var->hasLocalStorage())
    return;
  std::string Name = Text.variable(Var);
  if (const Expr *Init = Var->getInit()) {
    at(Var->getLocation());
    initialise(Name, Init);
  } else {
    // A new life of the variable: what a loop's last round left is gone.
    row(Var->getLocation()) << Name << " = ?\n";
  }
}

void FunctionFacts::initialise(const std::string &To, const Expr *Init) {
  Init = Init->IgnoreParens();
  const auto *List = dyn_cast<InitListExpr>(Init);
  if (!List) {
    if (!isa<ImplicitValueInitExpr>(Init))
      OS << LastPlace << ' ' << To << " = " << Text.text(Init) << '\n';
    return;
  }
  if (List->getSyntacticForm() && List->getSemanticForm())
    List = List->getSemanticForm();
  const RecordDecl *Record = List->getType()->getAsRecordDecl();
  if (!Record) {
    if (List->getType()->isScalarType() && List->getNumInits() == 1)
      initialise(To, List->getInit(0));
    else
      OS << LastPlace << " clear " << To << '\n';
    return;
  }
  OS << LastPlace << " clear " << To << '\n';
  members(To, Record, List);
}

/// What stands in an initialiser for the members of a record; those of an
/// unnamed one in it are spelled as the record's own.
void FunctionFacts::members(const std::string &To, const RecordDecl *Record,
                            const InitListExpr *List) {
  auto Member = [&](const FieldDecl *Field, const Expr *Value) {
    Value = Value->IgnoreParens();
    if (isa<ImplicitValueInitExpr>(Value))
      return;
    if (!Field->isAnonymousStructOrUnion())
      return initialise(To + "." + Spell.field(Field), Value);
    if (const auto *Inner = dyn_cast<InitListExpr>(Value))
      members(To, Field->getType()->getAsRecordDecl(), Inner);
  };
  if (Record->isUnion()) {
    if (const FieldDecl *Arm = List->getInitializedFieldInUnion())
      if (List->getNumInits())
        Member(Arm, List->getInit(0));
    return;
  }
  unsigned I = 0;
  for (const FieldDecl *Field : Record->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    if (I < List->getNumInits())
      Member(Field, List->getInit(I));
    ++I;
  }
}

static void collectLiterals(const Stmt *S,
                            llvm::DenseSet<const CompoundLiteralExpr *> &Out) {
  if (const auto *Literal = dyn_cast_or_null<CompoundLiteralExpr>(S))
    Out.insert(Literal);
  if (S)
    for (const Stmt *Child : S->children())
      collectLiterals(Child, Out);
}

/// The initialiser of a static variable stands in the body, but runs before any
/// of it does.
void FunctionFacts::findStaticLiterals() {
  for (const Decl *D : Function->decls())
    if (const auto *Var = dyn_cast<VarDecl>(D))
      if (Var->isStaticLocal())
        collectLiterals(Var->getInit(), StaticLiterals);
}

void FunctionFacts::literal(const CompoundLiteralExpr *E) {
  if (Text.isBound(E) || StaticLiterals.count(E))
    return;
  std::string Name = "literal'" + std::to_string(Literals.size() + 1);
  Literals.push_back(Name + " " + Spell.type(E->getType()));
  Text.bind(E, Name);
  at(E->getBeginLoc());
  initialise(Name, E->getInitializer());
}

void FunctionFacts::assembly(const AsmStmt *S) {
  const auto *Gcc = cast<GCCAsmStmt>(S);
  for (unsigned I = 0; I < Gcc->getNumOutputs(); ++I) {
    std::string To = Text.text(Gcc->getOutputExpr(I));
    if (To != "?")
      row(S->getBeginLoc()) << To << " = ?\n";
  }
}
