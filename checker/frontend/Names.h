// SPDX-License-Identifier: GPL-2.0-only
//
// How the facts of one unit spell files, types, fields and variables, and
// which of them the unit has used.

#ifndef MMUCHECK_FRONTEND_NAMES_H
#define MMUCHECK_FRONTEND_NAMES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Type.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <string>

namespace mmucheck {

/// Spells paths as the kernel tree knows them: relative to its root, without
/// "..", whatever the build folder was.
class Paths {
public:
  /// \p Roots are stripped from the front of a path, the first that fits.
  explicit Paths(std::vector<std::string> Roots);

  std::string relative(llvm::StringRef File) const;

  /// True if \p Pattern, a folder or a shell pattern as a contract file's
  /// `scope` row has it, covers the relative path \p File.
  static bool covers(llvm::StringRef Pattern, llvm::StringRef File);

private:
  std::vector<std::string> Roots;
};

/// A place in the source, as facts print it.
struct Place {
  std::string File;
  unsigned Line = 0, Column = 0;
};

class Names {
public:
  Names(const clang::ASTContext &Context, const Paths &Where);

  /// "*kvm" for struct kvm *, "[*kvm_memslots" for an array of pointers,
  /// "#gfn_t" for a scalar, "fn" for a function.
  std::string type(clang::QualType T);

  /// The tag of a record; for one without a tag the field that it is the type
  /// of ("kvm_vcpu_arch.apf").
  std::string record(const clang::RecordDecl *Record);

  /// The name of \p Field; notes "field RECORD.NAME TYPE" for the unit.
  std::string field(const clang::FieldDecl *Field);

  /// RECORD.NAME without noting it.
  std::string qualifiedField(const clang::FieldDecl *Field);

  /// "$name"; notes the variable and its type. A static variable of a function
  /// is "$function'name".
  std::string global(const clang::VarDecl *Var);

  /// Where \p Loc is seen by a reader: the place of the outermost macro use.
  Place place(clang::SourceLocation Loc) const;
  std::string file(clang::SourceLocation Loc) const;

  /// The rows for all that was used, sorted.
  void print(llvm::raw_ostream &OS) const;

  /// Members and variables that were used, by the name of their row.
  const std::map<std::string, const clang::ValueDecl *> &used() const {
    return Used;
  }

private:
  std::string scalar(clang::QualType T);

  const clang::ASTContext &Context;
  const Paths &Where;
  std::map<std::string, std::string> Fields, Scalars, Globals;
  std::map<std::string, const clang::ValueDecl *> Used;
  llvm::DenseMap<const clang::RecordDecl *, std::string> Records;
  llvm::DenseSet<const clang::FieldDecl *> KnownFields;
  mutable llvm::DenseMap<clang::FileID, std::string> Files;
};

} // namespace mmucheck

#endif
