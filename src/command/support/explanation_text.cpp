#include <algorithm>

#include "command/support/explanation_output.h"

namespace tcpwhy::command {

namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t label_width = 14;

std::string title_of(const Page& page, const Explanation& it) {
    std::string title = page.painted(Style::bold, it.name);
    if (it.number) title += " (" + std::to_string(*it.number) + ")";
    if (!it.text.empty()) title.append(": ").append(it.text);
    return title + page.painted(Style::dim, " [" + std::string(to_string(it.topic)) + "]") + "\n";
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string out;
    for (const std::string_view word : words) {
        out.append(out.empty() ? "" : ", ").append(word);
    }
    return out;
}

// At most `width` columns of ASCII text; what is longer ends in "...".
std::string cut(std::string line, std::size_t width) {
    constexpr std::string_view ending = "...";
    if (width == 0 || line.size() <= width || width < ending.size()) return line;
    line.resize(width - ending.size());
    return line.append(ending);
}

}  // namespace

std::string explanation_text(const Page& page, const Explanation& explanation) {
    std::string out = title_of(page, explanation);
    page.paragraph(out, indent, explanation.meaning);
    if (!explanation.parts.empty() || !explanation.causes.empty()) out += '\n';
    for (const Part& part : explanation.parts) {
        page.labelled(out, indent, part.label, Style::dim, label_width, part.text);
    }
    if (!explanation.causes.empty()) {
        page.labelled(out, indent, "Causes", Style::dim, label_width, joined(explanation.causes));
    }
    return out;
}

std::string explanation_index(const Page& page, std::size_t width) {
    std::string out;
    const Explanation* previous = nullptr;
    for (const Explanation& it : all_explanations()) {
        if (previous == nullptr || previous->topic != it.topic) {
            if (previous != nullptr) out += '\n';
            out += page.painted(Style::bold, heading_of(it.topic)) + "\n";
        }
        previous = &it;
        constexpr std::size_t name_width = 27;
        std::string line = std::string(indent, ' ').append(it.name);
        if (it.number) line += " " + std::to_string(*it.number);
        line.append(line.size() < name_width + indent ? name_width + indent - line.size() : 2, ' ');
        out += cut(line + it.meaning, width) + "\n";
    }
    return out + "\n'tcpwhy explain WORD' says more of any of them.\n";
}

}  // namespace tcpwhy::command
