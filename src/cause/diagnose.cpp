#include "cause/diagnose.h"

#include <algorithm>

namespace tcpwhy {

namespace {

using Remaining = Diagnosis::Remaining;

// Causes below 0 say only that nothing better was found (not-enough-evidence, reset-unexplained):
// they count for nothing while any other cause remains.
bool is_fallback(const Remaining& r) {
    return r.cause->specificity < 0;
}

bool fits_fully(const Remaining& r) {
    return r.opinion.fit == Opinion::Fit::fits;
}

bool stands_before(const Remaining& a, const Remaining& b) {
    if (is_fallback(a) != is_fallback(b)) return !is_fallback(a);
    if (fits_fully(a) != fits_fully(b)) return fits_fully(a);
    return a.cause->specificity > b.cause->specificity;
}

/// The causes that are not ruled out, best first.
struct Field {
    static constexpr std::size_t capacity = 64;
    std::array<Remaining, capacity> entries{};
    std::size_t count = 0;

    void add(const Cause* cause, const Opinion& opinion) {
        if (count == capacity) return;
        std::size_t at = count++;
        const Remaining entry{cause, opinion};
        while (at > 0 && stands_before(entry, entries[at - 1])) {
            entries[at] = entries[at - 1];
            --at;
        }
        entries[at] = entry;
    }
};

Confidence confidence_of(const Field& field, std::size_t alternatives) {
    const Remaining& best = field.entries[0];
    if (is_fallback(best) || !fits_fully(best)) return Confidence::possible;
    if (alternatives == 0) return Confidence::certain;
    const Remaining& next = field.entries[1];
    const bool stands_out = !fits_fully(next) || best.cause->specificity > next.cause->specificity;
    return stands_out ? Confidence::likely : Confidence::possible;
}

}  // namespace

Diagnosis diagnose(const Evidence& evidence) {
    Field field;
    for (const Cause* cause : catalogue()) {
        const Opinion opinion = cause->judge(evidence);
        if (opinion.fit != Opinion::Fit::ruled_out) field.add(cause, opinion);
    }
    Diagnosis d;
    if (field.count == 0) {
        // Nothing fits and nothing is possible: then the evidence does not suffice.
        static const Cause* const last_resort = find_cause("not-enough-evidence");
        d.cause = last_resort != nullptr ? last_resort : catalogue().front();
        d.opinion = possible("no known cause explains what was seen");
        return d;
    }
    d.cause = field.entries[0].cause;
    d.opinion = field.entries[0].opinion;
    const bool fallback = is_fallback(field.entries[0]);
    for (std::size_t at = 1; at < field.count && d.alternative_count < d.max_alternatives; ++at) {
        if (!fallback && is_fallback(field.entries[at])) break;
        d.alternatives[d.alternative_count++] = field.entries[at];
    }
    d.confidence = confidence_of(field, d.alternative_count);
    return d;
}

}  // namespace tcpwhy
