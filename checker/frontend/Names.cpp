// SPDX-License-Identifier: GPL-2.0-only

#include "Names.h"
#include "clang/AST/ASTContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <fnmatch.h>

using namespace clang;
using namespace mmucheck;

static std::string clean(llvm::StringRef File) {
  llvm::SmallString<256> P(File);
  llvm::sys::path::remove_dots(P, /*remove_dot_dot=*/true);
  return std::string(P);
}

Paths::Paths(std::vector<std::string> Given) {
  for (std::string &Root : Given) {
    std::string R = clean(Root);
    if (!R.empty() && R != ".")
      Roots.push_back(R + "/");
  }
}

std::string Paths::relative(llvm::StringRef File) const {
  std::string Path = clean(File);
  // make O=build in the kernel's own folder calls its files ../kernel/x.c.
  if (llvm::StringRef(Path).starts_with("../")) {
    llvm::SmallString<256> Absolute(Path);
    if (!llvm::sys::fs::make_absolute(Absolute))
      Path = clean(Absolute);
  }
  for (const std::string &Root : Roots)
    if (llvm::StringRef(Path).starts_with(Root))
      return Path.substr(Root.size());
  return Path;
}

bool Paths::covers(llvm::StringRef Pattern, llvm::StringRef File) {
  std::string P(Pattern);
  if (fnmatch(P.c_str(), File.str().c_str(), FNM_PATHNAME) == 0)
    return true;
  // A folder covers what is below it.
  if (!P.empty() && P.back() != '/')
    P += '/';
  return fnmatch((P + "*").c_str(), File.str().c_str(), 0) == 0;
}

Names::Names(const ASTContext &Context, const Paths &Where)
    : Context(Context), Where(Where) {}

std::string Names::scalar(QualType T) {
  QualType Canonical = T.getCanonicalType().getUnqualifiedType();
  std::string Width;
  if (Canonical->isBooleanType())
    Width = "bool";
  else if (Canonical->isVoidType())
    return "#void";
  else if (Canonical->isEnumeralType())
    Width = "e" + std::to_string(Context.getTypeSize(Canonical));
  else if (Canonical->isIntegralOrEnumerationType())
    Width = (Canonical->isSignedIntegerOrEnumerationType() ? "i" : "u") +
            std::to_string(Context.getTypeSize(Canonical));
  else
    return "#other";
  if (const auto *Alias = T->getAs<TypedefType>()) {
    std::string Name = Alias->getDecl()->getNameAsString();
    Scalars[Name] = Width;
    return "#" + Name;
  }
  return "#" + Width;
}

std::string Names::type(QualType T) {
  if (T->isFunctionType())
    return "fn";
  if (const auto *Pointer = T->getAs<PointerType>())
    return "*" + type(Pointer->getPointeeType());
  if (const ArrayType *Array = Context.getAsArrayType(T))
    return "[" + type(Array->getElementType());
  if (const auto *Record = T->getAs<RecordType>())
    return record(Record->getDecl());
  return scalar(T);
}

std::string Names::record(const RecordDecl *Record) {
  Record = cast<RecordDecl>(Record->getCanonicalDecl());
  std::string &Name = Records[Record];
  if (!Name.empty())
    return Name;
  if (Record->getIdentifier())
    return Name = Record->getNameAsString();
  if (const TypedefNameDecl *Alias = Record->getTypedefNameForAnonDecl())
    return Name = Alias->getNameAsString();

  // Without a tag: known by the field that has it as its type.
  std::string Found;
  if (const auto *Parent = dyn_cast<RecordDecl>(Record->getDeclContext()))
    for (const FieldDecl *Field : Parent->fields()) {
      QualType T = Field->getType();
      while (const ArrayType *Array = Context.getAsArrayType(T))
        T = Array->getElementType();
      const RecordDecl *Of = T->getAsRecordDecl();
      if (Of && Of->getCanonicalDecl() == Record) {
        Found = Field->isAnonymousStructOrUnion() ? record(Parent)
                                                  : qualifiedField(Field);
        break;
      }
    }
  if (Found.empty()) {
    Place At = place(Record->getLocation());
    Found = "record'" + std::to_string(At.Line);
  }
  return Records[Record] = Found;
}

std::string Names::qualifiedField(const FieldDecl *Field) {
  const RecordDecl *Record = Field->getParent();
  while (Record->isAnonymousStructOrUnion())
    Record = cast<RecordDecl>(Record->getDeclContext());
  return record(Record) + "." + Field->getNameAsString();
}

std::string Names::field(const FieldDecl *Field) {
  if (KnownFields.insert(Field->getCanonicalDecl()).second) {
    std::string Name = qualifiedField(Field);
    Fields[Name] = type(Field->getType());
    if (Field->isBitField())
      Fields[Name] += " " + std::to_string(Field->getBitWidthValue(Context));
    Used[Name] = Field;
  }
  return Field->getNameAsString();
}

std::string Names::global(const VarDecl *Var) {
  std::string Name = Var->getNameAsString();
  if (Var->isStaticLocal())
    if (const auto *In = dyn_cast<FunctionDecl>(Var->getDeclContext()))
      Name = In->getNameAsString() + "'" + Name;
  std::string Row = type(Var->getType());
  if (!Var->isExternallyVisible())
    Row += " static";
  Globals[Name] = Row;
  Used["$" + Name] = Var->getMostRecentDecl();
  return "$" + Name;
}

Place Names::place(SourceLocation Loc) const {
  const SourceManager &SM = Context.getSourceManager();
  Place At;
  if (Loc.isInvalid())
    return At;
  Loc = SM.getExpansionLoc(Loc);
  At.File = file(Loc);
  At.Line = SM.getExpansionLineNumber(Loc);
  At.Column = SM.getExpansionColumnNumber(Loc);
  return At;
}

std::string Names::file(SourceLocation Loc) const {
  const SourceManager &SM = Context.getSourceManager();
  FileID Id = SM.getFileID(SM.getExpansionLoc(Loc));
  std::string &Name = Files[Id];
  if (Name.empty()) {
    if (auto Entry = SM.getFileEntryRefForID(Id))
      Name = Where.relative(Entry->getName());
    else
      Name = "<built-in>";
  }
  return Name;
}

void Names::print(llvm::raw_ostream &OS) const {
  for (const auto &[Name, Width] : Scalars)
    OS << "type " << Name << ' ' << Width << '\n';
  for (const auto &[Name, Type] : Fields)
    OS << "field " << Name << ' ' << Type << '\n';
  for (const auto &[Name, Row] : Globals)
    OS << "global " << Name << ' ' << Row << '\n';
}
