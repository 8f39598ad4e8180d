// Where a report writes to.
#pragma once

#include <string>
#include <string_view>

namespace tcpwhy {

/// Collects text and hands it to a file descriptor in large pieces. A piece ends where write()
/// ended one, so that a reader of the other end never sees half a line for long.
class Output {
public:
    /// `descriptor` is open for writing and stays the caller's.
    explicit Output(int descriptor) : descriptor_(descriptor) {}

    /// Takes whole lines. Once writing has failed everything is discarded.
    void write(std::string_view lines);
    /// Hands over all that was collected.
    void flush();
    /// errno of the first failed write; 0 = none. EPIPE: nobody reads any more.
    [[nodiscard]] int error() const { return error_; }

private:
    int descriptor_;
    int error_ = 0;
    std::string pending_;
};

}  // namespace tcpwhy
