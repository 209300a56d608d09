// The command; see command.h. Nothing of a dictionary is brought along: their licences differ, so
// the table is made where they are installed.
#include "tools/vectors/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/vectors/dictionary.h"
#include "tools/vectors/factoring.h"
#include "tools/vectors/neighbours.h"

namespace mitr {
namespace {

/// Words met less often have no company to be known by.
constexpr std::uint32_t kMetLeast = 4;

struct VectorsOptions {
  std::string out;
  std::string wordnet = "/usr/share/wordnet";
  std::string gcide = "/usr/share/dictd";
  std::string ding = "/usr/share/trans";
  std::vector<std::string> without;
  std::size_t words = 40'000;
  std::uint32_t dims = 304;
};

struct Dictionary {
  std::string package;
  std::string folder;
  std::vector<std::string> files;
  std::function<void(std::string, const vectors::EntrySink&)> read;
};

std::vector<Dictionary> dictionaries(const VectorsOptions& options) {
  return {{"wordnet-base",
           options.wordnet,
           {"data.noun", "data.verb", "data.adj", "data.adv"},
           vectors::read_wordnet},
          {"dict-gcide", options.gcide, {"gcide.dict.dz"}, vectors::read_gcide},
          {"trans-de-en", options.ding, {"de-en"}, vectors::read_ding}};
}

int refuse(const std::string& what) {
  std::cerr << "mitr vectors: " << what << "\n";
  return 1;
}

int build_table(const VectorsOptions& options) {
  vectors::Gathering gathering;
  for (const Dictionary& dictionary : dictionaries(options)) {
    const auto& without = options.without;
    if (std::find(without.begin(), without.end(), dictionary.package) != without.end()) continue;
    auto texts = vectors::dictionary_texts(dictionary.folder, dictionary.files, dictionary.package);
    if (!texts)
      return refuse(texts.error().what + ", or leave it out: --without " + dictionary.package);
    const std::size_t before = gathering.entries();
    for (std::string& text : *texts) {
      dictionary.read(std::move(text), [&](const vectors::Entry& entry) { gathering.add(entry); });
    }
    std::cout << dictionary.package << ": " << gathering.entries() - before << " entries\n";
  }
  auto neighbours = gathering.neighbours(options.words, kMetLeast);
  std::cout << neighbours.words.size() << " words, " << neighbours.counts.cells.size()
            << " neighbours; factoring takes half a minute\n";
  auto parts = vectors::factored(std::move(neighbours), options.dims);
  if (!parts) return refuse(parts.error().what);
  const std::string bytes = apce::encode_vectors(*parts);
  if (const auto read = apce::decode_vectors(bytes); !read) return refuse(read.error().what);
  std::ofstream out(options.out, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return refuse(options.out + " cannot be written");
  std::cout << options.out << ": " << parts->keys.size() << " words, " << bytes.size()
            << " bytes\n";
  return 0;
}

}  // namespace

void add_vectors_command(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<VectorsOptions>();
  auto* vectors = app.add_subcommand("vectors", "What words mean, from dictionaries");
  vectors->require_subcommand(1);
  auto* build = vectors->add_subcommand(
      "build", "Makes a table of word vectors from wordnet-base, dict-gcide and trans-de-en");
  build->add_option("--out", options->out, "The file to write")->required();
  build->add_option("--wordnet", options->wordnet, "Folder of WordNet's data files");
  build->add_option("--gcide", options->gcide, "Folder of gcide.dict.dz");
  build->add_option("--ding", options->ding, "Folder of the word list de-en");
  build->add_option("--without", options->without, "Packages that are left out");
  build->add_option("--words", options->words, "The most frequent words, so many")
      ->check(CLI::Range(1000, 200'000));
  build->add_option("--numbers", options->dims, "Numbers of a vector, whole sixteens")
      ->check(CLI::Range(16, 1024));
  build->callback([options, &exit_code] {
    exit_code = options->dims % 16 == 0 ? build_table(*options)
                                        : refuse("--numbers takes whole sixteens, as 304");
  });
}

}  // namespace mitr
