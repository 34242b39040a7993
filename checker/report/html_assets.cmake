# SPDX-License-Identifier: GPL-2.0-only
# Writes C with the text of each file: "html_style.css" is html_style_css.
# cmake -D "ASSETS=a.css|b.js" -D OUT=FILE -P html_assets.cmake
string(REPLACE "|" ";" ASSETS "${ASSETS}")
set(texts "")
foreach(asset IN LISTS ASSETS)
  get_filename_component(name ${asset} NAME)
  string(REPLACE "." "_" name ${name})
  file(READ ${asset} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND texts "const char ${name}[] = { ${bytes} 0 };\n")
endforeach()
file(WRITE ${OUT} "/* SPDX-License-Identifier: GPL-2.0-only */\n"
  "#include \"html.h\"\n\n${texts}")
