// Ctrl-C and SIGTERM as a question that the reading loop asks.
#pragma once

#include <csignal>

namespace tcpwhy::command {

/// While it lives, SIGINT and SIGTERM are noted instead of ending the process; a second one ends
/// it. Writing to a closed pipe is an error of write() instead of a signal. One at a time.
///
/// Ctrl-C reaches every program of a pipeline, and `tcpdump -w - | tcpwhy read -` holds packets
/// back until then: so standard input is read on to its end, for a second at most, after which
/// it is made to end.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    Interrupt(Interrupt&&) = delete;
    Interrupt& operator=(Interrupt&&) = delete;

    /// Whether a signal came.
    [[nodiscard]] bool requested() const;
    /// Whether the second after it has passed too.
    [[nodiscard]] bool overdue() const;

private:
    struct sigaction previous_int_ {};
    struct sigaction previous_term_ {};
    struct sigaction previous_alarm_ {};
    struct sigaction previous_pipe_ {};
};

}  // namespace tcpwhy::command
