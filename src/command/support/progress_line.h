// How far reading is, on a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "source/packet_source.h"

namespace tcpwhy::command {

/// One line on standard error that is written over, a few times a second. Nothing where it is
/// not shown.
class ProgressLine {
public:
    explicit ProgressLine(bool shown) : shown_(shown) {}
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ProgressLine(ProgressLine&&) = delete;
    ProgressLine& operator=(ProgressLine&&) = delete;

    /// Reading of `name` begins.
    void start(const std::string& name);
    void update(const Progress& progress, std::uint64_t packets);
    /// Leaves an empty line for whatever is printed next.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    bool shown_;
    bool drawn_ = false;
    std::string name_;
    Clock::time_point started_{};
    Clock::time_point updated_{};
};

/// "4.2 GB": decimal units, two or three digits.
[[nodiscard]] std::string byte_size(std::uint64_t bytes);

}  // namespace tcpwhy::command
