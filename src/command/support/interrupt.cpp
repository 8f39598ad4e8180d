#include "command/support/interrupt.h"

namespace tcpwhy::command {

namespace {

// The one thing that a signal handler may touch.
volatile std::sig_atomic_t noted = 0;

void note_signal(int) {
    noted = 1;
}

}  // namespace

Interrupt::Interrupt() {
    noted = 0;
    struct sigaction action {};
    action.sa_handler = note_signal;
    // Without SA_RESTART: a read that waits for a pipe returns and can be given up.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &previous_int_);
    sigaction(SIGTERM, &action, &previous_term_);
    action.sa_handler = SIG_IGN;
    action.sa_flags = 0;
    sigaction(SIGPIPE, &action, &previous_pipe_);
}

Interrupt::~Interrupt() {
    sigaction(SIGINT, &previous_int_, nullptr);
    sigaction(SIGTERM, &previous_term_, nullptr);
    sigaction(SIGPIPE, &previous_pipe_, nullptr);
}

bool Interrupt::requested() const {
    return noted != 0;
}

}  // namespace tcpwhy::command
