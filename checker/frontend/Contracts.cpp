// SPDX-License-Identifier: GPL-2.0-only

#include "Contracts.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/TypeLoc.h"

using namespace clang;
using namespace mmucheck;

/// Our own words come as text with this in front.
static constexpr llvm::StringLiteral Ours("mmucheck:");

namespace {

/// One contract: its word and what stands between its parentheses.
struct Contract {
  std::string Word;
  llvm::SmallVector<const Expr *, 4> Arguments;

  explicit operator bool() const { return !Word.empty(); }
};

} // namespace

template <typename AttrT>
static Contract withArguments(llvm::StringRef Word, const AttrT *A) {
  Contract Got{Word.str(), {}};
  Got.Arguments.append(A->args_begin(), A->args_end());
  return Got;
}

static llvm::StringRef pick(bool Shared, llvm::StringRef Yes,
                            llvm::StringRef No) {
  return Shared ? Yes : No;
}

/// A word that Clang has no attribute for: diagnose_if(0 && f(0, ARGS), WORD).
static Contract ownWord(const DiagnoseIfAttr *A) {
  llvm::StringRef Word = A->getMessage();
  const auto *Never = dyn_cast<BinaryOperator>(A->getCond()->IgnoreParenImpCasts());
  const auto *Call =
      Never ? dyn_cast<CallExpr>(Never->getRHS()->IgnoreParenImpCasts()) : nullptr;
  if (!Word.consume_front(Ours) || !Call || !Call->getNumArgs())
    return {};
  Contract Got{Word.str(), {}};
  Got.Arguments.append(Call->arg_begin() + 1, Call->arg_end());
  return Got;
}

static Contract ofFunction(const Attr *A) {
  switch (A->getKind()) {
  case attr::RequiresCapability: {
    const auto *R = cast<RequiresCapabilityAttr>(A);
    return withArguments(pick(R->isShared(), "requires_shared_capability",
                              "requires_capability"), R);
  }
  case attr::AcquireCapability: {
    const auto *R = cast<AcquireCapabilityAttr>(A);
    return withArguments(pick(R->isShared(), "acquire_shared_capability",
                              "acquire_capability"), R);
  }
  case attr::ReleaseCapability: {
    const auto *R = cast<ReleaseCapabilityAttr>(A);
    return withArguments(R->isGeneric() ? "release_generic_capability"
                                        : pick(R->isShared(),
                                               "release_shared_capability",
                                               "release_capability"), R);
  }
  case attr::TryAcquireCapability: {
    const auto *R = cast<TryAcquireCapabilityAttr>(A);
    Contract Got = withArguments(pick(R->isShared(),
                                      "try_acquire_shared_capability",
                                      "try_acquire_capability"), R);
    Got.Arguments.insert(Got.Arguments.begin(), R->getSuccessValue());
    return Got;
  }
  case attr::AssertCapability: {
    const auto *R = cast<AssertCapabilityAttr>(A);
    return withArguments(pick(R->isShared(), "assert_shared_capability",
                              "assert_capability"), R);
  }
  case attr::LocksExcluded:
    return withArguments("locks_excluded", cast<LocksExcludedAttr>(A));
  case attr::LockReturned:
    return {"lock_returned", {cast<LockReturnedAttr>(A)->getArg()}};
  case attr::NoThreadSafetyAnalysis:
    return {"no_thread_safety_analysis", {}};
  case attr::DiagnoseIf:
    return ownWord(cast<DiagnoseIfAttr>(A));
  default:
    return {};
  }
}

static Contract annotation(const Attr *A) {
  const auto *Text = dyn_cast<AnnotateAttr>(A);
  llvm::StringRef Word = Text ? Text->getAnnotation() : "";
  if (!Word.consume_front(Ours))
    return {};
  return withArguments(Word, Text);
}

static Contract ofVariable(const Attr *A) {
  if (const auto *Guard = dyn_cast<GuardedByAttr>(A))
    return {"guarded_by", {Guard->getArg()}};
  if (const auto *Guard = dyn_cast<PtGuardedByAttr>(A))
    return {"pt_guarded_by", {Guard->getArg()}};
  return annotation(A);
}

/// A string names what C has no expression for: "kvm.mmu_lock" for a member.
static std::string quoted(const StringLiteral *String) {
  llvm::StringRef Said = String->getString();
  Said.consume_front("struct ") || Said.consume_front("union ");
  std::string Text = Said.str();
  for (char &C : Text)
    if (C == '"' || static_cast<unsigned char>(C) < ' ')
      C = '\'';
  return '"' + Text + '"';
}

/// A lock is meant, whether its name or its address is given.
static std::string argument(const Expr *E, Expressions &Text) {
  if (const auto *Whole = dyn_cast<ConstantExpr>(E))
    E = Whole->getSubExpr();
  if (const auto *String = dyn_cast<StringLiteral>(E->IgnoreParenImpCasts()))
    return quoted(String);
  std::string Spelled = Text.text(E);
  if (!E->getType()->isRecordType() || Spelled == "?")
    return Spelled;
  return Spelled[0] == '*' ? Spelled.substr(1) : "&" + Spelled;
}

static std::string row(const Contract &What, Expressions &Text) {
  std::string Arguments;
  for (const Expr *E : What.Arguments)
    Arguments += (Arguments.empty() ? "" : ", ") + argument(E, Text);
  return What.Word + "(" + Arguments + ")\n";
}

std::string mmucheck::functionContracts(const FunctionDecl *F,
                                        Expressions &Text) {
  // What a prototype says is said in terms of the prototype's parameters.
  for (const FunctionDecl *Other : F->redecls())
    for (unsigned I = 0; I < Other->getNumParams() && I < F->getNumParams(); ++I)
      Text.same(Other->getParamDecl(I), F->getParamDecl(I));
  std::string Rows;
  for (const Attr *A : F->attrs())
    if (Contract What = ofFunction(A))
      Rows += "attr " + row(What, Text);
  return Rows;
}

std::string mmucheck::declaredContracts(const FunctionDecl *F,
                                        const ASTContext &Context,
                                        Names &Spell) {
  F = F->getMostRecentDecl();
  if (llvm::none_of(F->attrs(), [](const Attr *A) { return bool(ofFunction(A)); }))
    return "";
  Expressions Text(Context, Spell);
  std::string Rows;
  llvm::raw_string_ostream OS(Rows);
  Place At = Spell.place(F->getLocation());
  OS << "decl " << F->getName() << ' ' << At.File << ':' << At.Line << ':'
     << At.Column << ' ' << Spell.type(F->getReturnType()) << '\n';
  for (const ParmVarDecl *Parameter : F->parameters())
    OS << "param " << Text.variable(Parameter) << ' '
       << Spell.type(Parameter->getType()) << '\n';
  OS << functionContracts(F, Text);
  return OS.str();
}

std::string mmucheck::guardContracts(const ValueDecl *D, const std::string &What,
                                     const ASTContext &Context, Names &Spell) {
  std::string Rows;
  for (const Attr *A : D->attrs())
    if (Contract Guard = ofVariable(A)) {
      Expressions Text(Context, Spell);
      Rows += "guard " + What + " " + row(Guard, Text);
    }
  return Rows;
}

std::string mmucheck::statedContracts(const VarDecl *D,
                                      const ASTContext &Context, Names &Spell) {
  std::string Rows;
  for (const Attr *A : D->attrs())
    if (Contract What = annotation(A); What && !A->isInherited()) {
      Expressions Text(Context, Spell);
      Rows += "says " + row(What, Text);
    }
  return Rows;
}

/// False if \p Record is defined, but only behind \p Loc.
static bool isKnownAt(const RecordDecl *Record, SourceLocation Loc,
                      const SourceManager &SM) {
  const RecordDecl *Whole = Record ? Record->getDefinition() : nullptr;
  return !Whole || SM.isBeforeInTranslationUnit(Whole->getEndLoc(), Loc);
}

/// The members of what a parameter points to can be named, and theirs.
static bool canName(const ParmVarDecl *Parameter, const SourceManager &SM) {
  SourceLocation Loc = Parameter->getLocation();
  const RecordDecl *Record =
      Parameter->getType()->getPointeeType().isNull()
          ? nullptr
          : Parameter->getType()->getPointeeType()->getAsRecordDecl();
  if (Parameter->getName().empty() || !isKnownAt(Record, Loc, SM))
    return false;
  if (!Record || !Record->getDefinition())
    return true;
  return llvm::all_of(Record->getDefinition()->fields(), [&](FieldDecl *F) {
    QualType To = F->getType()->getPointeeType();
    return To.isNull() || isKnownAt(To->getAsRecordDecl(), Loc, SM);
  });
}

bool mmucheck::canState(const FunctionDecl *F, const SourceManager &SM) {
  FunctionTypeLoc Type = F->getFunctionTypeLoc();
  if (!Type || !F->hasWrittenPrototype() || !Type.getRParenLoc().isFileID())
    return false;
  return llvm::all_of(F->parameters(), [&](const ParmVarDecl *Parameter) {
    return canName(Parameter, SM);
  });
}

std::string mmucheck::headRow(const FunctionDecl *F, Names &Spell) {
  Place At = Spell.place(F->getFunctionTypeLoc().getRParenLoc());
  std::string Row;
  llvm::raw_string_ostream OS(Row);
  OS << "head " << F->getName() << ' ' << At.File << ':' << At.Line << ':'
     << At.Column;
  for (const ParmVarDecl *Parameter : F->parameters())
    OS << ' ' << Parameter->getName();
  OS << '\n';
  return OS.str();
}
