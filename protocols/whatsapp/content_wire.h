// A message's content between JSON and value: its type names the member that holds it. Private to
// this folder.
#pragma once

#include <string>

#include "protocols/whatsapp/content.h"
#include "protocols/whatsapp/object_reader.h"
#include "protocols/whatsapp/object_writer.h"

namespace mitr::whatsapp {

void read_content(ObjectReader& reader, const std::string& type, Content& out);
void write_content(ObjectWriter& writer, const std::string& type, const Content& content);

}  // namespace mitr::whatsapp
