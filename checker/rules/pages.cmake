# SPDX-License-Identifier: GPL-2.0-only
# Writes C with the text of each rule's page.
# cmake -D "PAGES=a.md|b.md" -D OUT=FILE -P pages.cmake
string(REPLACE "|" ";" PAGES "${PAGES}")
set(texts "")
set(table "")
set(n 0)
foreach(page IN LISTS PAGES)
  get_filename_component(id ${page} NAME_WE)
  file(READ ${page} bytes HEX)
  # A comment on top is for whoever reads the source.
  file(READ ${page} text)
  if(text MATCHES "^(<!--[^>]*-->\n*)")
    string(LENGTH "${CMAKE_MATCH_1}" skip)
    math(EXPR skip "${skip} * 2")
    string(SUBSTRING "${bytes}" ${skip} -1 bytes)
  endif()
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(APPEND texts "static const char page_${n}[] = { ${bytes} 0 };\n")
  string(APPEND table "\t{ \"${id}\", page_${n} },\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${OUT} "/* SPDX-License-Identifier: GPL-2.0-only */\n"
  "#include \"pages.h\"\n\n${texts}\n"
  "const struct rule_page rule_pages[] = {\n${table}};\n"
  "const unsigned rule_page_count = ${n};\n")
