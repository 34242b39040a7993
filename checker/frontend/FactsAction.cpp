// SPDX-License-Identifier: GPL-2.0-only

#include "FactsAction.h"
#include "Comments.h"
#include "Contracts.h"
#include "FunctionFacts.h"
#include "Overrides.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>

using namespace clang;
using namespace mmucheck;

namespace {

class FactsConsumer : public ASTConsumer {
public:
  FactsConsumer(CompilerInstance &Compiler, llvm::StringRef File,
                FactsOptions Given, std::string &Text)
      : Compiler(Compiler), Options(std::move(Given)), Where(Options.Roots),
        Unit(Where.relative(File)), Text(Text),
        Said([this](SourceLocation Loc) { return isChecked(Loc); }) {
    Compiler.getPreprocessor().addCommentHandler(&Said);
  }

  /// A body counts for the file that its text comes from: the constructors
  /// behind guard() are spelled in one header and stand in many, and what a
  /// tracepoint's macro makes of a checked header is not the header's.
  bool shouldSkipFunctionBody(Decl *D) override {
    SourceLocation Loc = D->getLocation();
    if (Loc.isMacroID())
      Loc = Compiler.getSourceManager().getSpellingLoc(D->getBeginLoc());
    return !isChecked(Loc);
  }

  bool HandleTopLevelDecl(DeclGroupRef Group) override {
    for (Decl *D : Group) {
      if (auto *F = dyn_cast<FunctionDecl>(D)) {
        if (F->doesThisDeclarationHaveABody() && !F->hasSkippedBody())
          Functions.push_back(F);
        if (const auto *Alias = F->getAttr<AliasAttr>()) {
          Aliases.push_back("slot $" + F->getNameAsString() + " @" +
                            Alias->getAliasee().str());
          Aliased.insert(Alias->getAliasee());
        }
        if (F->hasAttr<UsedAttr>())
          Aliases.push_back("slot $" + F->getNameAsString() + " @" +
                            F->getNameAsString());
      } else if (auto *Var = dyn_cast<VarDecl>(D)) {
        llvm::StringRef Name = Var->getName();
        if (Name.consume_front("__mmucheck_export_"))
          Exported.insert(Name);
        if (Var->hasInit() && isChecked(Var->getLocation()))
          Variables.push_back(Var);
        if (Var->hasAttrs())
          Annotated.push_back(Var);
      }
    }
    return true;
  }

  void HandleTranslationUnit(ASTContext &Context) override;

private:
  bool isChecked(SourceLocation Loc);
  void findStored();
  void addStaticLocals(const FunctionDecl *F);
  bool isEntry(const FunctionDecl *F) const;
  void functions(ASTContext &Context, Names &Spell,
                 std::map<std::string, std::string> &Out);
  std::string contracts(ASTContext &Context, Names &Spell);
  const FunctionDecl *head(const FunctionDecl *F);
  void slots(const Expr *Init, const std::string &Slot,
             const std::string &Variable, Names &Spell,
             std::vector<std::string> &Rows);

  CompilerInstance &Compiler;
  FactsOptions Options;
  Paths Where;
  std::string Unit;
  std::string &Text;
  Comments Said;
  std::vector<const FunctionDecl *> Functions;
  std::vector<const VarDecl *> Variables;
  std::vector<const VarDecl *> StaticLocals;
  std::vector<const VarDecl *> Annotated;
  /// Other ways to a function: by another name, or by one in assembly.
  std::vector<std::string> Aliases;
  llvm::DenseSet<const FunctionDecl *> Stored;
  std::map<std::string, std::string> Declared, Heads;
  llvm::StringSet<> Exported, Aliased;
  llvm::DenseMap<FileID, bool> Checked;
};

} // namespace

bool FactsConsumer::isChecked(SourceLocation Loc) {
  const SourceManager &SM = Compiler.getSourceManager();
  FileID Id = SM.getFileID(SM.getExpansionLoc(Loc));
  auto [It, New] = Checked.try_emplace(Id, false);
  if (New) {
    bool In = Id == SM.getMainFileID();
    if (auto Entry = SM.getFileEntryRefForID(Id)) {
      std::string File = Where.relative(Entry->getName());
      for (const std::string &Scope : Options.Scopes)
        In |= Paths::covers(Scope, File);
    }
    Checked[Id] = In;
    return In;
  }
  return It->second;
}

void FactsConsumer::HandleTranslationUnit(ASTContext &Context) {
  if (Context.getDiagnostics().getClient()->getNumErrors())
    return;
  Names Spell(Context, Where);

  std::map<std::string, std::string> Blocks;
  functions(Context, Spell, Blocks);
  std::vector<std::string> Slots = Aliases;
  for (const auto &Initialised : {Variables, StaticLocals})
    for (const VarDecl *Var : Initialised)
      slots(Var->getInit(), "", Spell.global(Var), Spell, Slots);
  std::sort(Slots.begin(), Slots.end());
  Slots.erase(std::unique(Slots.begin(), Slots.end()), Slots.end());

  llvm::raw_string_ostream OS(Text);
  const TargetInfo &Target = Context.getTargetInfo();
  OS << "mmucheck-facts 1\n"
     << "unit " << Unit << '\n'
     << "target " << Target.getTriple().getArchName() << ' '
     << Target.getPointerWidth(LangAS::Default) << '\n';
  std::string Contracts = contracts(Context, Spell);
  Spell.print(OS);
  for (const std::string &Row : Slots)
    OS << Row << '\n';
  OS << Contracts << Said.print(Spell);
  for (const auto &[Name, Head] : Heads)
    OS << Head;
  for (const auto &[Name, Declaration] : Declared)
    OS << Declaration;
  for (const auto &[Key, Block] : Blocks)
    OS << Block;
  OS.flush();
  Text += "end " + llvm::utohexstr(llvm::xxHash64(Text), /*LowerCase=*/true, 16) + "\n";
}

static std::string sortKey(const Place &At, llvm::StringRef Name) {
  std::string Line = std::to_string(At.Line);
  return At.File + ":" + std::string(8 - std::min<size_t>(8, Line.size()), '0') +
         Line + ":" + Name.str();
}

static void collectFunctions(const Stmt *S,
                             llvm::DenseSet<const FunctionDecl *> &Out) {
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(S))
    if (const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl()))
      Out.insert(F->getCanonicalDecl());
  if (S)
    for (const Stmt *Child : S->children())
      collectFunctions(Child, Out);
}

/// Functions that are known from elsewhere than from a body: a variable begins
/// with their address.
void FactsConsumer::findStored() {
  for (const VarDecl *Var : Variables)
    collectFunctions(Var->getInit(), Stored);
  for (const FunctionDecl *F : Functions)
    for (const Decl *D : F->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        if (Var->isStaticLocal())
          collectFunctions(Var->getInit(), Stored);
}

/// A table of functions that stands in the body of the only one that uses it.
void FactsConsumer::addStaticLocals(const FunctionDecl *F) {
  for (const Decl *D : F->decls())
    if (const auto *Var = dyn_cast<VarDecl>(D))
      if (Var->isStaticLocal()) {
        llvm::DenseSet<const FunctionDecl *> Held;
        collectFunctions(Var->getInit(), Held);
        if (!Held.empty())
          StaticLocals.push_back(Var);
      }
}

/// A static function that only code speaks of which is compiled out never runs.
/// One that nobody speaks of at all is left over, and is read.
bool FactsConsumer::isEntry(const FunctionDecl *F) const {
  return F->isExternallyVisible() || !F->isReferenced() ||
         F->hasAttr<UsedAttr>() || Aliased.contains(F->getName()) ||
         Stored.contains(F->getCanonicalDecl());
}

void FactsConsumer::functions(ASTContext &Context, Names &Spell,
                              std::map<std::string, std::string> &Out) {
  // Everything that the unit itself defines and that can run, and of the inline
  // functions of its headers those that these reach.
  llvm::DenseMap<const FunctionDecl *, const FunctionDecl *> Bodies;
  std::vector<const FunctionDecl *> Work;
  llvm::DenseSet<const FunctionDecl *> Queued;
  findStored();
  for (const FunctionDecl *F : Functions) {
    Bodies[F->getCanonicalDecl()] = F;
    if (!F->isInlined() && isChecked(F->getLocation()) && isEntry(F) &&
        Queued.insert(F->getCanonicalDecl()).second)
      Work.push_back(F);
  }
  for (size_t I = 0; I < Work.size(); ++I) {
    FunctionFacts Facts(Work[I], Context, Spell,
                        Exported.contains(Work[I]->getName()));
    addStaticLocals(Work[I]);
    Out[sortKey(Spell.place(Work[I]->getLocation()), Work[I]->getName())] =
        Facts.print();
    if (const FunctionDecl *Head = head(Work[I]))
      Heads[Work[I]->getName().str()] = headRow(Head, Spell);
    for (const FunctionDecl *Used : Facts.used()) {
      auto It = Bodies.find(Used);
      if (!Queued.insert(Used).second)
        continue;
      if (It != Bodies.end())
        Work.push_back(It->second);
      else
        Declared[Used->getName().str()] =
            declaredContracts(Used, Context, Spell);
    }
  }
}

/// The first declaration in a checked file that can state a contract.
const FunctionDecl *FactsConsumer::head(const FunctionDecl *F) {
  const SourceManager &SM = Compiler.getSourceManager();
  const FunctionDecl *First = nullptr;
  for (const FunctionDecl *D : F->redecls())
    if (isChecked(D->getLocation()) && canState(D, SM) &&
        (!First || SM.isBeforeInTranslationUnit(D->getLocation(),
                                                First->getLocation())))
      First = D;
  return First;
}

/// What guards the members and variables that were used, and what is said of
/// nothing in particular.
std::string FactsConsumer::contracts(ASTContext &Context, Names &Spell) {
  std::string Rows;
  // A guard may name members that were not used before.
  auto Used = Spell.used();
  for (const auto &[Name, D] : Used)
    Rows += guardContracts(D, Name, Context, Spell);
  for (const VarDecl *Var : Annotated)
    Rows += statedContracts(Var, Context, Spell);
  return Rows;
}

/// Function addresses in a static initialiser: which slot of which record of
/// which variable holds which function.
void FactsConsumer::slots(const Expr *Init, const std::string &Slot,
                          const std::string &Variable, Names &Spell,
                          std::vector<std::string> &Rows) {
  Init = Init->IgnoreParenCasts();
  if (const auto *List = dyn_cast<InitListExpr>(Init)) {
    if (List->getSyntacticForm() && List->getSemanticForm())
      List = List->getSemanticForm();
    const RecordDecl *Record = List->getType()->getAsRecordDecl();
    if (!Record) {
      for (const Expr *Element : List->inits())
        slots(Element, Slot, Variable, Spell, Rows);
      return;
    }
    if (Record->isUnion()) {
      if (const FieldDecl *Arm = List->getInitializedFieldInUnion())
        if (List->getNumInits())
          slots(List->getInit(0), Spell.qualifiedField(Arm), Variable, Spell,
                Rows);
      return;
    }
    unsigned I = 0;
    for (const FieldDecl *Field : Record->fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (I < List->getNumInits())
        slots(List->getInit(I), Spell.qualifiedField(Field), Variable, Spell,
              Rows);
      ++I;
    }
    return;
  }
  if (const auto *Address = dyn_cast<UnaryOperator>(Init))
    if (Address->getOpcode() == UO_AddrOf)
      Init = Address->getSubExpr()->IgnoreParenCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(Init);
  const auto *F = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  if (F)
    Rows.push_back("slot " + (Slot.empty() ? Variable : Slot) + " @" +
                   F->getNameAsString() +
                   (Slot.empty() ? "" : " " + Variable));
}

std::unique_ptr<ASTConsumer>
mmucheck::createFactsConsumer(CompilerInstance &Compiler, llvm::StringRef File,
                              FactsOptions Options, std::string &Text) {
  Preprocessor &PP = Compiler.getPreprocessor();
  PP.addPPCallbacks(std::make_unique<Overrides>(PP));
  return std::make_unique<FactsConsumer>(Compiler, File, std::move(Options),
                                         Text);
}

std::unique_ptr<ASTConsumer>
FactsAction::CreateASTConsumer(CompilerInstance &Compiler,
                               llvm::StringRef File) {
  return createFactsConsumer(Compiler, File, std::move(Options), Text);
}
