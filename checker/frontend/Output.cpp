// SPDX-License-Identifier: GPL-2.0-only

#include "Output.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

std::string mmucheck::replaceFile(const std::string &Path,
                                  llvm::StringRef Text) {
  namespace fs = llvm::sys::fs;
  llvm::SmallString<256> Temporary;
  int Descriptor;
  if (std::error_code E = fs::createUniqueFile(
          Path + ".%%%%%%.tmp", Descriptor, Temporary, fs::OF_None,
          fs::all_read | fs::all_write))
    return Path + ": cannot be written: " + E.message();
  std::string Trouble;
  {
    llvm::raw_fd_ostream OS(Descriptor, /*shouldClose=*/true);
    OS << Text;
    OS.close();
    if (OS.has_error()) {
      Trouble = OS.error().message();
      OS.clear_error();
    }
  }
  if (Trouble.empty())
    if (std::error_code E = fs::rename(Temporary, Path))
      Trouble = E.message();
  if (Trouble.empty())
    return "";
  fs::remove(Temporary);
  return Path + ": cannot be written: " + Trouble;
}
