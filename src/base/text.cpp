#include "base/text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>

namespace tcpwhy {

namespace {

constexpr std::int64_t ns_per_second = 1'000'000'000;

std::string format_positive(double seconds) {
    if (seconds < 1e-6) return fmt::format("{:.0f} ns", seconds * 1e9);
    if (seconds < 1e-3) return fmt::format("{:.3g} µs", seconds * 1e6);
    if (seconds < 0.9995) return fmt::format("{:.3g} ms", seconds * 1e3);
    if (seconds < 99.95) return fmt::format("{:.3g} s", seconds);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    if (whole < 86400) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
    return fmt::format("{} d {} h", whole / 86400, whole % 86400 / 3600);
}

// Floors towards minus infinity, so that the rest is never negative.
std::int64_t floor_seconds(Timestamp time, std::int64_t& rest_ns) {
    const std::int64_t ns = time.time_since_epoch().count();
    std::int64_t seconds = ns / ns_per_second;
    rest_ns = ns % ns_per_second;
    if (rest_ns < 0) {
        rest_ns += ns_per_second;
        --seconds;
    }
    return seconds;
}

}  // namespace

std::string format_duration(Duration span) {
    const double seconds = static_cast<double>(span.count()) / 1e9;
    return seconds < 0 ? "-" + format_positive(-seconds) : format_positive(seconds);
}

std::string format_epoch(Timestamp time) {
    std::int64_t rest = 0;
    const std::int64_t seconds = floor_seconds(time, rest);
    std::string text = fmt::format("{}.{:09}", seconds, rest);
    while (text.back() == '0' && text[text.size() - 2] != '.') text.pop_back();
    return text;
}

std::string format_utc(Timestamp time) {
    std::int64_t rest = 0;
    const std::int64_t seconds = floor_seconds(time, rest);
    return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:06} UTC",
                       fmt::gmtime(static_cast<std::time_t>(seconds)), rest / 1000);
}

std::string format_count(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

std::string count_of(std::uint64_t count, std::string_view singular, std::string_view plural) {
    if (count == 1) return fmt::format("1 {}", singular);
    if (plural.empty()) return fmt::format("{} {}s", format_count(count), singular);
    return fmt::format("{} {}", format_count(count), plural);
}

std::string printable(std::string_view text) {
    std::string clean(text);
    for (char& c : clean) {
        if (c < 0x20 || c > 0x7e) c = '?';
    }
    return clean;
}

}  // namespace tcpwhy
