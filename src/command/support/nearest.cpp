#include <algorithm>
#include <numeric>

#include "command/command.h"

namespace tcpwhy::command {

namespace {

// Levenshtein: how many letters must be added, left out or exchanged.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t exchanged = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, exchanged});
        }
    }
    return row[to.size()];
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> candidates) {
    // A third of the letters wrong is a slip of the finger; more is another word.
    constexpr std::size_t letters_per_slip = 3;
    std::string_view best;
    std::size_t best_distance = word.size() / letters_per_slip + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance || (distance == best_distance && best.empty())) {
            best = candidate;
            best_distance = distance;
        }
    }
    if (!best.empty() || word.size() < letters_per_slip) return std::string(best);
    const auto inside = std::find_if(candidates.begin(), candidates.end(), [&](auto candidate) {
        return candidate.find(word) != std::string_view::npos;
    });
    return inside == candidates.end() ? std::string() : std::string(*inside);
}

}  // namespace tcpwhy::command
