// The factoring; see factoring.h. After Halko, Martinsson and Tropp, "Finding structure with
// randomness" (2011): a random range, sharpened by a few multiplications.
#include "tools/vectors/factoring.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "nlu/apce/mixing.h"

namespace mitr::vectors {
namespace {

using Dense = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Square = Eigen::MatrixXd;

/// Directions more than are kept, so that the last kept are found well too.
constexpr Eigen::Index kMore = 20;
constexpr int kSharpenings = 3;
/// Contexts count by this power of their share: rare ones would seem to say too much.
constexpr double kContextPower = 0.75;
/// A word of this share of all words counts half.
constexpr double kFrequent = 1e-3;

/// Counts to surprise: the logarithm of how much oftener than by chance, where it is oftener.
void to_surprise(SparseTable& counts) {
  std::vector<double> sums(counts.size(), 0);
  for (std::size_t row = 0; row < counts.size(); ++row) {
    for (std::size_t i = counts.begins[row]; i < counts.begins[row + 1]; ++i) {
      sums[row] += static_cast<double>(counts.cells[i].value);
    }
  }
  double contexts = 0;
  for (const double sum : sums) contexts += std::pow(sum, kContextPower);
  std::size_t kept = 0;
  std::size_t begin = 0;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    const std::size_t end = counts.begins[row + 1];
    for (std::size_t i = begin; i < end; ++i) {
      SparseTable::Cell cell = counts.cells[i];
      const double chance = sums[row] * std::pow(sums[cell.column], kContextPower) / contexts;
      const double surprise = std::log(static_cast<double>(cell.value) / chance);
      if (!(surprise > 0)) continue;
      cell.value = static_cast<float>(surprise);
      counts.cells[kept++] = cell;
    }
    begin = end;
    counts.begins[row + 1] = kept;
  }
  counts.cells.resize(kept);
}

/// table · right, or the table read down · right.
Dense times(const SparseTable& table, const Dense& right, bool down) {
  Dense product = Dense::Zero(right.rows(), right.cols());
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto here = static_cast<Eigen::Index>(row);
    for (std::size_t i = table.begins[row]; i < table.begins[row + 1]; ++i) {
      const auto there = static_cast<Eigen::Index>(table.cells[i].column);
      if (down) {
        product.row(there).noalias() += table.cells[i].value * right.row(here);
      } else {
        product.row(here).noalias() += table.cells[i].value * right.row(there);
      }
    }
  }
  return product;
}

/// Sums of products of the columns, with each other.
Square gram(const Dense& columns) {
  constexpr Eigen::Index kBlock = 1024;
  Square sum = Square::Zero(columns.cols(), columns.cols());
  for (Eigen::Index at = 0; at < columns.rows(); at += kBlock) {
    const auto rows = columns.middleRows(at, std::min(kBlock, columns.rows() - at));
    const Eigen::MatrixXf product = rows.transpose() * rows;
    sum += product.cast<double>();
  }
  return sum;
}

/// The same range with columns of length one, at right angles.
void straighten(Dense& columns) {
  Square products = gram(columns);
  products.diagonal().array() += 1e-9 * products.trace();
  const Eigen::LLT<Square> lower(products);
  const Square upper = Square(lower.matrixU())
                           .triangularView<Eigen::Upper>()
                           .solve(Square::Identity(columns.cols(), columns.cols()));
  columns = (columns * upper.cast<float>()).eval();
}

/// Twelve even numbers less six are as good as a bell here.
float bell(apce::Chance& chance) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += static_cast<double>(chance.next() >> 11U) * 0x1p-53;
  return static_cast<float>(sum);
}

/// Rows of the words: directions by the root of their strength.
Dense strongest(const SparseTable& table, std::uint32_t dims) {
  const auto words = static_cast<Eigen::Index>(table.size());
  const Eigen::Index columns = std::min<Eigen::Index>(dims + kMore, words);
  apce::Chance chance(1);
  Dense range(words, columns);
  for (Eigen::Index i = 0; i < range.size(); ++i) range.data()[i] = bell(chance);
  range = times(table, range, false);
  straighten(range);
  for (int i = 0; i < kSharpenings; ++i) {
    Dense other = times(table, range, true);
    straighten(other);
    range = times(table, other, false);
    straighten(range);
  }
  const Eigen::SelfAdjointEigenSolver<Square> solver(gram(times(table, range, true)));
  Square turn = solver.eigenvectors().rowwise().reverse().leftCols(dims);
  for (Eigen::Index i = 0; i < turn.cols(); ++i) {
    // The eigenvalue is the square of the strength, whose root is wanted.
    turn.col(i) *= std::pow(std::max(solver.eigenvalues()(columns - 1 - i), 0.0), 0.25);
  }
  return range * turn.cast<float>();
}

}  // namespace

Result<apce::WordVectors::Parts> factored(Neighbours neighbours, std::uint32_t dims) {
  if (neighbours.words.size() < dims) {
    return Error{Errc::kMalformed, "too few words for vectors of so many numbers"};
  }
  // Sums depend on how they are cut; told these, Eigen does not ask the machine.
  Eigen::setCpuCacheSizes(32 << 10, 256 << 10, 4 << 20);
  to_surprise(neighbours.counts);
  const Dense rows = strongest(neighbours.counts, dims);

  std::map<std::uint32_t, std::size_t> order;  // Of two words of one key the more frequent is kept.
  for (std::size_t i = 0; i < neighbours.words.size(); ++i) {
    const std::string& word = neighbours.words[i];
    order.emplace(apce::word_key(std::u32string(word.begin(), word.end())), i);
  }
  apce::WordVectors::Parts parts;
  parts.dims = dims;
  std::vector<std::uint32_t> keys;
  for (const auto& [key, i] : order) {
    const auto row = rows.row(static_cast<Eigen::Index>(i));
    const float length = row.norm();
    const float highest = row.cwiseAbs().maxCoeff();
    if (!(highest > 0)) continue;
    keys.push_back(key);
    const double weight = kFrequent / (kFrequent + neighbours.shares[i]);
    parts.scales.push_back(static_cast<float>(weight) * highest / length / 127);
    for (std::uint32_t column = 0; column < dims; ++column) {
      parts.numbers.push_back(static_cast<std::int8_t>(std::lround(row(column) / highest * 127)));
    }
  }
  parts.keys = apce::KeyDirectory(std::move(keys));
  return parts;
}

}  // namespace mitr::vectors
