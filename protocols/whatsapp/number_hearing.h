// What is heard of the news of one number, item by item. Private to this folder.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "protocols/whatsapp/filed_item.h"
#include "protocols/whatsapp/number_news.h"

namespace mitr::whatsapp {

struct Webhook;

/// Files a part of the news: one item, with the number and the people it is about.
using FileNews = std::function<void(Filing, NumberNews)>;

/// How many items the news hold, dead ones too.
std::size_t items_in(const NumberNews& news);
void hear_number_news(const NumberNews& news, const std::string& account, const FileNews& file,
                      Webhook& out);

}  // namespace mitr::whatsapp
