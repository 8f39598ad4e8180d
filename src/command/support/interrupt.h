// Ctrl-C and SIGTERM as a question that the reading loop asks.
#pragma once

#include <csignal>

namespace tcpwhy::command {

/// While it lives, SIGINT and SIGTERM are noted instead of ending the process; a second one ends
/// it. Writing to a closed pipe is an error of write() instead of a signal. One at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    Interrupt(Interrupt&&) = delete;
    Interrupt& operator=(Interrupt&&) = delete;

    [[nodiscard]] bool requested() const;

private:
    struct sigaction previous_int_ {};
    struct sigaction previous_term_ {};
    struct sigaction previous_pipe_ {};
};

}  // namespace tcpwhy::command
