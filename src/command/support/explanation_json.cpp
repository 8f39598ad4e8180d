#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "command/support/explanation_output.h"

namespace tcpwhy::command {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, std::string_view text) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void field(Writer& writer, std::string_view key, std::string_view text) {
    writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    put(writer, text);
}

void field(Writer& writer, std::string_view key, const std::vector<std::string_view>& words) {
    writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    writer.StartArray();
    for (const std::string_view word : words) put(writer, word);
    writer.EndArray();
}

}  // namespace

std::string explanation_json(const Explanation& explanation) {
    rapidjson::StringBuffer line;
    Writer writer(line);
    writer.StartObject();
    field(writer, "schema", "tcpwhy.explain/1");
    field(writer, "kind", to_string(explanation.topic));
    field(writer, explanation.topic == Topic::cause ? "id" : "name", explanation.name);
    if (explanation.number) {
        writer.Key("number");
        writer.Int(*explanation.number);
    }
    if (!explanation.text.empty()) field(writer, "text", explanation.text);
    field(writer, "meaning", explanation.meaning);
    for (const Part& part : explanation.parts) {
        if (part.words.empty()) {
            field(writer, part.key, part.text);
        } else {
            field(writer, part.key, part.words);
        }
    }
    if (!explanation.causes.empty()) field(writer, "causes", explanation.causes);
    writer.EndObject();
    return std::string(line.GetString(), line.GetSize()) + "\n";
}

}  // namespace tcpwhy::command
