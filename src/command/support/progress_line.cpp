#include "command/support/progress_line.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <string_view>

#include "base/text.h"

namespace tcpwhy::command {

namespace {

constexpr std::chrono::milliseconds between_updates{200};
// Short runs need no progress line.
constexpr std::chrono::milliseconds before_first{500};

}  // namespace

std::string byte_size(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 5> units{"B", "kB", "MB", "GB", "TB"};
    constexpr double step = 1000;
    constexpr double decimals_below = 9.95;
    auto size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= step - 0.5 && unit + 1 < units.size()) {
        size /= step;
        ++unit;
    }
    const int decimals = unit > 0 && size < decimals_below ? 1 : 0;
    return fmt::format("{:.{}f} {}", size, decimals, units[unit]);
}

void ProgressLine::start(const std::string& name) {
    name_ = printable(name);
    started_ = Clock::now();
    updated_ = started_ + before_first - between_updates;
}

void ProgressLine::update(const Progress& progress, std::uint64_t packets) {
    if (!shown_) return;
    const Clock::time_point now = Clock::now();
    if (now - updated_ < between_updates) return;
    updated_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const auto per_second = static_cast<std::uint64_t>(static_cast<double>(packets) / seconds);
    std::string how_far = byte_size(progress.bytes_read);
    if (progress.bytes_total != 0) {
        how_far = fmt::format("{} % of {}", 100 * progress.bytes_read / progress.bytes_total,
                              byte_size(progress.bytes_total));
    }
    fmt::print(stderr, "\r\x1b[K{}: {}, {} packets, {} a second", name_, how_far,
               format_count(packets), format_count(per_second));
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressLine::clear() {
    if (!drawn_) return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    drawn_ = false;
}

}  // namespace tcpwhy::command
