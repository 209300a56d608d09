// A change's value between JSON and value: its field names the kind. Private to this folder.
#pragma once

#include <string>

#include "protocols/whatsapp/notification.h"
#include "protocols/whatsapp/object_reader.h"
#include "protocols/whatsapp/object_writer.h"

namespace mitr::whatsapp {

void read_news(ObjectReader& reader, const std::string& field, News& out);
void write_news(ObjectWriter& writer, const std::string& field, const News& news);

}  // namespace mitr::whatsapp
