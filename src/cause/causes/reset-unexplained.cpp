#include <fmt/format.h>

#include "cause/cause.h"
#include "cause/phrases.h"
#include "cause/reset_signs.h"

namespace tcpwhy::cause {

// The last resort for a reset: said with what is known.
static Opinion judge(const Evidence& e) {
    if (!e.reset.moment) return ruled_out("no reset was seen");
    if (reset_was_ignored(e)) return ruled_out("the connection went on after the reset");
    if (nothing_but_resets(e)) return ruled_out("nothing but the reset was captured");
    return showing(possible("a reset was seen that nothing in this capture explains"),
                   e.reset.trigger, e.reset.moment, e.second_reset.moment);
}

static By by(const Evidence& e) {
    return by_of(e.reset.moment.from);
}

static std::string summarize(const Evidence& e) {
    const ResetFacts& r = e.reset;
    return fmt::format(
        "{} reset the connection {} after it began, and this capture does not say "
        "why: the reset {}.",
        subject_of(e, r.moment.from), format_duration(r.moment.time - e.start),
        r.answers == Trigger::none ? "answers no segment that was captured"
                                   : "answers a segment, but none that asks for it");
}

extern const Cause reset_unexplained;
const Cause reset_unexplained{
    .id = "reset-unexplained",
    .stage = Stage::any,
    .outcome = Outcome::reset,
    .errnos = "ECONNRESET",
    .seen_by = {.packets = true, .kernel = true},
    .specificity = -10,
    .meaning = "A reset that the evidence does not explain.",
    .on_the_wire =
        "A reset that fits no other cause: neither a socket's own nor an answer to a "
        "segment, and without a stranger's marks.",
    .advice =
        "Capture at the host that sent the reset, from before the connection begins. Run "
        "`tcpwhy watch` there: the kernel then names its reason.",
    .splits = "The kernel's own reason: `tcpwhy watch` on the host that sent the reset.",
    .reproduce = "None: by definition this is what no known cause makes.",
    .references = "RFC 9293 3.5.2, 3.10.7",
    .by = by,
    .judge = judge,
    .summarize = summarize,
};

}  // namespace tcpwhy::cause
