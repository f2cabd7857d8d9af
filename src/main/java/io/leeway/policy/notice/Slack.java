package io.leeway.policy.notice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.config.ChannelConfig;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The notice for people, as an incoming webhook of Slack takes it, and others do that speak alike.
 * What stands in a notice is never read as a mention or a link.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks/section-block">Section block</a>
 * @see <a href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">Text
 *     object</a>
 */
final class Slack {
  private static final int LONGEST_TEXT = 3_000;
  private static final int LONGEST_FIELD = 2_000;
  private static final int MOST_FIELDS = 10;
  private static final String CUT = "\u2026";

  private Slack() {}

  static Message message(Notice notice, ChannelConfig channel) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("text", escaped(notice.headline(), LONGEST_TEXT));
    ArrayNode blocks = body.putArray("blocks");
    ObjectNode title = section(blocks);
    // Two characters for the stars.
    formatted(title.putObject("text"), "*" + escaped(notice.headline(), LONGEST_TEXT - 2) + "*");
    formatted(section(blocks).putObject("text"), escaped(notice.text(), LONGEST_TEXT));
    if (!notice.details().isEmpty()) {
      ArrayNode fields = section(blocks).putArray("fields");
      for (Map.Entry<String, String> detail : notice.details().entrySet()) {
        if (fields.size() < MOST_FIELDS) {
          String text = escaped(detail.getKey() + ": " + detail.getValue(), LONGEST_FIELD);
          formatted(fields.addObject(), text);
        }
      }
    }
    formatted(section(blocks).putObject("text"), foot(notice));
    return Message.json(channel.url().orElseThrow(), body);
  }

  private static String foot(Notice notice) {
    StringJoiner foot = new StringJoiner("; ");
    foot.add("model " + notice.model());
    foot.add("since " + notice.startedAt());
    notice.owner().ifPresent(owner -> foot.add("owner " + owner));
    notice.runbook().filter(of -> notice.link().isEmpty()).ifPresent(of -> foot.add(of));
    String text = escaped(foot.toString(), LONGEST_TEXT / 2);
    return notice
        .link()
        .filter(link -> link.length() < LONGEST_TEXT / 4 && !link.contains("|"))
        .map(link -> text + "; <" + escaped(link, LONGEST_TEXT) + "|runbook>")
        .orElse(text);
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section");
  }

  private static void formatted(ObjectNode node, String text) {
    node.put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  /** With the three characters that Slack reads as markup replaced, cut to so many characters. */
  static String escaped(String text, int longest) {
    StringBuilder escaped = new StringBuilder();
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      String next =
          switch (points[i]) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(points[i]);
          };
      boolean isLast = i == points.length - 1;
      if (escaped.length() + next.length() > longest - (isLast ? 0 : CUT.length())) {
        return escaped.append(CUT).toString();
      }
      escaped.append(next);
    }
    return escaped.toString();
  }
}
