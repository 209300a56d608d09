// Fitting the calibration; see calibrating.h.
#include "nlu/apce/calibrating.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace mitr::apce {
namespace {

/// Fewer held-out utterances than this say nothing of the next ones.
constexpr std::size_t kHeldOutLeast = 20;
/// Pull of the logistic regression towards zero, for each unit of weight.
constexpr double kRidge = 1e-3;
constexpr int kNewtonSteps = 25;

constexpr std::size_t kUnknowns = kSignals + 1;
using Vector = std::array<double, kUnknowns>;
using Matrix = std::array<Vector, kUnknowns>;

Vector with_constant(const Signals& signals) {
  Vector vector;
  std::copy(signals.begin(), signals.end(), vector.begin());
  vector[kSignals] = 1;
  return vector;
}

/// Solves a small symmetric system by elimination; the ridge keeps it from being singular.
Vector solved(Matrix matrix, Vector right) {
  for (std::size_t i = 0; i < kUnknowns; ++i) {
    for (std::size_t row = i + 1; row < kUnknowns; ++row) {
      const double factor = matrix[row][i] / matrix[i][i];
      for (std::size_t column = i; column < kUnknowns; ++column) {
        matrix[row][column] -= factor * matrix[i][column];
      }
      right[row] -= factor * right[i];
    }
  }
  for (std::size_t i = kUnknowns; i-- > 0;) {
    for (std::size_t column = i + 1; column < kUnknowns; ++column) {
      right[i] -= matrix[i][column] * right[column];
    }
    right[i] /= matrix[i][i];
  }
  return right;
}

/// What one utterance weighs: those inside as much in all as those that are not.
std::array<double, 3> weights_of(const std::vector<HeldOut>& held) {
  std::array<double, 3> counts{};
  for (const HeldOut& one : held) counts[static_cast<std::size_t>(one.kind)] += 1;
  const bool both = counts[1] > 0 && counts[2] > 0;
  std::array<double, 3> weights{};
  for (std::size_t i = 0; i < 3; ++i) {
    if (counts[i] > 0) weights[i] = (i > 0 && both ? 0.5 : 1.0) / counts[i];
  }
  return weights;
}

/// Newton's method on the log-likelihood of inside against not.
Vector logistic(const std::vector<HeldOut>& held, const std::array<double, 3>& weights) {
  Vector found{};
  for (int step = 0; step < kNewtonSteps; ++step) {
    Matrix curvature{};
    Vector slope{};
    for (std::size_t i = 0; i < kUnknowns; ++i) {
      curvature[i][i] = kRidge;
      slope[i] = -kRidge * found[i];
    }
    for (const HeldOut& one : held) {
      const Vector signals = with_constant(one.signals);
      double sum = 0;
      for (std::size_t i = 0; i < kUnknowns; ++i) sum += found[i] * signals[i];
      const double likely = 1 / (1 + std::exp(-sum));
      const double weight = weights[static_cast<std::size_t>(one.kind)];
      const double miss = (one.kind == HeldOut::Kind::kInside ? 1 : 0) - likely;
      const double bend = weight * std::max(likely * (1 - likely), 1e-9);
      for (std::size_t i = 0; i < kUnknowns; ++i) {
        slope[i] += weight * miss * signals[i];
        for (std::size_t j = 0; j < kUnknowns; ++j)
          curvature[i][j] += bend * signals[i] * signals[j];
      }
    }
    const Vector move = solved(curvature, slope);
    for (std::size_t i = 0; i < kUnknowns; ++i) found[i] += move[i];
  }
  return found;
}

/// Surprise at the true intents of all that are inside, under one sharpness.
double surprise(const std::vector<HeldOut>& held, double sharpness) {
  double sum = 0;
  for (const HeldOut& one : held) {
    if (one.kind != HeldOut::Kind::kInside) continue;
    double others = 1;
    for (const float margin : one.best) {
      others +=
          std::exp(sharpness * (static_cast<double>(margin) - static_cast<double>(one.right)));
    }
    sum += std::log(others);
  }
  return sum;
}

/// The lowest place of a curve with one valley, by thirds.
double lowest(double low, double high, const std::function<double(double)>& curve) {
  for (int i = 0; i < 30; ++i) {
    const double third = (high - low) / 3;
    if (curve(low + third) < curve(high - third)) {
      high -= third;
    } else {
      low += third;
    }
  }
  return (low + high) / 2;
}

}  // namespace

void HeldOut::keep(const IntentModel::Reading& reading, std::uint16_t truth,
                   const IntentModel& model) {
  right = reading.margins[truth];
  std::vector<float> others;
  for (std::size_t i = 0; i < model.names().size(); ++i) {
    if (i != truth) others.push_back(reading.margins[i]);
  }
  const std::size_t kept = std::min(others.size(), kMargins);
  std::partial_sort(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(kept),
                    others.end(), std::greater<>());
  best.fill(-100);
  std::copy_n(others.begin(), kept, best.begin());
}

Calibration calibrated(const std::vector<HeldOut>& held, std::uint32_t rejected_permille) {
  Calibration calibration;
  std::vector<float> inside;
  const std::array<double, 3> weights = weights_of(held);
  const auto count = static_cast<std::size_t>(std::count_if(
      held.begin(), held.end(), [](const HeldOut& h) { return h.kind == HeldOut::Kind::kInside; }));
  if (count < kHeldOutLeast) return calibration;
  calibration.sharpness = static_cast<float>(
      lowest(0.5, 30, [&](double sharpness) { return surprise(held, sharpness); }));
  if (weights[1] + weights[2] > 0) {
    const Vector found = logistic(held, weights);
    for (std::size_t i = 0; i < kSignals; ++i) {
      calibration.weights[i] = static_cast<float>(found[i]);
    }
    calibration.constant = static_cast<float>(found[kSignals]);
  }
  for (const HeldOut& one : held) {
    if (one.kind == HeldOut::Kind::kInside) inside.push_back(calibration.inside(one.signals));
  }
  const std::size_t at = inside.size() * rejected_permille / 1000;
  std::nth_element(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(at), inside.end());
  calibration.least = inside[at];
  return calibration;
}

}  // namespace mitr::apce
