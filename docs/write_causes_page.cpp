// Writes docs/causes.md: every cause of the catalogue, in the words of its own file.
#include <iostream>
#include <string>

#include "knowledge/explanation.h"

namespace {

using tcpwhy::Explanation;
using tcpwhy::Topic;

// Markdown takes <, > and _ as its own outside of code.
std::string escaped(std::string_view text) {
    std::string out;
    bool code = false;
    for (const char c : text) {
        if (c == '`') code = !code;
        if (!code && (c == '<' || c == '>' || c == '_' || c == '*')) out += '\\';
        out += c;
    }
    return out;
}

void write_contents() {
    std::cout << "| cause | outcome | meaning |\n|---|---|---|\n";
    for (const Explanation& it : tcpwhy::all_explanations()) {
        if (it.topic != Topic::cause) continue;
        std::string_view outcome;
        for (const tcpwhy::Part& part : it.parts) {
            if (part.key == "outcome") outcome = part.text;
        }
        std::cout << "| [" << it.name << "](#" << it.name << ") | " << outcome << " | "
                  << escaped(it.meaning) << " |\n";
    }
}

void write_cause(const Explanation& it) {
    std::cout << "\n## " << it.name << "\n\n" << escaped(it.meaning) << "\n\n";
    for (const tcpwhy::Part& part : it.parts) {
        std::cout << "- **" << part.label << "**: " << escaped(part.text) << "\n";
    }
}

}  // namespace

int main() {
    std::cout << "# The causes\n\n"
                 "Written from the catalogue (`src/cause/causes/`) by `write_causes_page`; the "
                 "same words as `tcpwhy explain ID`.\n\n";
    write_contents();
    for (const Explanation& it : tcpwhy::all_explanations()) {
        if (it.topic == Topic::cause) write_cause(it);
    }
    return std::cout.flush() ? 0 : 1;
}
