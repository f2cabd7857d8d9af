package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.config.ChannelConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTest {
  private static final Notice OPENED = Samples.opened("i1");

  @Test
  void escapesItsThreeCharacters() {
    Notice notice =
        Samples.saying(OPENED, "a < b & c > d", "<!channel> see <https://evil.example|here>");
    JsonNode body = Samples.body(notice, ChannelConfig.Type.SLACK);
    assertThat(body.path("text").textValue())
        .isEqualTo("opened (retrain): a &lt; b &amp; c &gt; d");
    assertThat(body.path("blocks").path(0).path("text").path("text").textValue())
        .isEqualTo("*opened (retrain): a &lt; b &amp; c &gt; d*");
    assertThat(body.path("blocks").path(1).path("text").path("text").textValue())
        .isEqualTo("&lt;!channel&gt; see &lt;https://evil.example|here&gt;");
    assertThat(body.path("blocks").path(2).path("fields").path(0).path("text").textValue())
        .isEqualTo("metric: accuracy");
    assertThat(body.path("blocks").path(3).path("text").path("text").textValue())
        .isEqualTo(
            "model credit-risk; since 2026-06-01T00:00:00Z; owner risk team;"
                + " <https://wiki.example/runbook|runbook>");
  }

  @Test
  void keepsItsBounds() {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      details.put("detail " + i, "&".repeat(4_000));
    }
    Notice tooMuch = Samples.detailed(details, "https://" + "r".repeat(5_000));
    Notice notice = Samples.saying(tooMuch, "<".repeat(5_000), "\ud83d\ude80".repeat(5_000));
    JsonNode blocks = Samples.body(notice, ChannelConfig.Type.SLACK).path("blocks");
    // Slack: 50 blocks, 3000 characters a text, 10 fields, 2000 characters a field.
    assertThat(blocks.size()).isLessThanOrEqualTo(50);
    for (JsonNode block : blocks) {
      assertThat(block.path("type").textValue()).isEqualTo("section");
      if (block.has("text")) {
        assertThat(block.path("text").path("text").textValue()).hasSizeBetween(1, 3_000);
      }
      assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
      for (JsonNode field : block.path("fields")) {
        assertThat(field.path("text").textValue()).hasSizeBetween(1, 2_000);
      }
    }
    assertThat(blocks.path(0).path("text").path("text").textValue()).endsWith("&lt;\u2026*");
  }

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abcd, 3, ab\u2026", "a&b, 7, a&amp;b", "a&b, 6, a\u2026"})
  void cutsNoCharacterInTwo(String text, int longest, String escaped) {
    assertThat(Slack.escaped(text, longest)).isEqualTo(escaped);
  }

  @Test
  void showsARunbookThatIsNoLinkAsText() {
    JsonNode body =
        Samples.body(Samples.detailed(Map.of(), "call <Kim>"), ChannelConfig.Type.SLACK);
    assertThat(body.path("blocks")).hasSize(3);
    assertThat(body.path("blocks").path(2).path("text").path("text").textValue())
        .isEqualTo("model m; since 2026-06-01T00:00:00Z; call &lt;Kim&gt;");
  }
}
