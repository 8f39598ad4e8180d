#include "command/support/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace tcpwhy::command {

namespace {

constexpr unsigned grace_seconds = 1;

// All that signal handlers touch.
volatile std::sig_atomic_t noted = 0;
volatile std::sig_atomic_t expired = 0;
volatile std::sig_atomic_t nothing = -1;  // /dev/null, open

void note_signal(int) {
    noted = 1;
    ::alarm(grace_seconds);
}

// A read that waits for a pipe returns because of the signal; its next try finds the end.
void end_standard_input(int) {
    const int error = errno;
    expired = 1;
    if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
    errno = error;
}

}  // namespace

Interrupt::Interrupt() {
    noted = 0;
    expired = 0;
    nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    struct sigaction action {};
    sigemptyset(&action.sa_mask);
    action.sa_handler = note_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &previous_int_);
    sigaction(SIGTERM, &action, &previous_term_);
    action.sa_flags = 0;
    action.sa_handler = end_standard_input;
    sigaction(SIGALRM, &action, &previous_alarm_);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, &previous_pipe_);
}

Interrupt::~Interrupt() {
    ::alarm(0);
    sigaction(SIGINT, &previous_int_, nullptr);
    sigaction(SIGTERM, &previous_term_, nullptr);
    sigaction(SIGALRM, &previous_alarm_, nullptr);
    sigaction(SIGPIPE, &previous_pipe_, nullptr);
    if (nothing >= 0) ::close(nothing);
    nothing = -1;
}

bool Interrupt::requested() const {
    return noted != 0;
}
bool Interrupt::overdue() const {
    return expired != 0;
}

}  // namespace tcpwhy::command
