// Holds what the engine says of a rendered conversation against what it must say.
#pragma once

#include <string>
#include <vector>

#include "support/variation.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy::test {

/// The engine's verdicts on one rendering, by their start; bystanders left out.
struct Trial {
    Rendering rendering;
    std::vector<Verdict> verdicts;
};

/// Renders and reads. Nothing where the variation cannot carry the conversation. Errors: of
/// render(), and whatever the engine says of a file that it ought to read.
[[nodiscard]] Result<std::optional<Trial>> try_conversation(const Conversation& conversation,
                                                            const Variation& variation);

/// Everything in which the trial is not what the conversation asks for, a paragraph each, with the
/// lines of the file; empty = all is well.
[[nodiscard]] std::vector<std::string> differences(const Conversation& conversation,
                                                   const Trial& trial);

/// Which expected verdict each of the trial's verdicts is held against; nothing = none is.
[[nodiscard]] std::vector<const ExpectedVerdict*> expectations(const Conversation& conversation,
                                                               const Trial& trial);

/// Why the verdict's ladder cannot be pasted into a conversation file; nothing = it can.
[[nodiscard]] std::optional<std::string> trouble_with_ladder(const Verdict& verdict);

/// "refused  no-listener  likely  by server".
[[nodiscard]] std::string print(const Verdict& verdict);
/// "client:40001 > server:80", by the names of the conversation.
[[nodiscard]] std::string parties_of(const Verdict& verdict, const Rendering& rendering);
/// Summary, alternatives, evidence and so on, indented.
[[nodiscard]] std::string explain(const Verdict& verdict);

}  // namespace tcpwhy::test
