package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.policy.notice.Notice.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTest {
  private static final Notice NOTICE = Samples.opened("i1");

  private static Notice with(String id, String severity, String title) {
    return new Notice(
        id,
        "m",
        "i",
        Kind.OPENED,
        severity,
        title,
        "text",
        Samples.START,
        Samples.NOON,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void comesBackFromJsonAsItWas(Kind kind) {
    Notice notice =
        Samples.saying(
            Samples.notice("i1", kind, "emergency", Samples.NOON),
            "\u00e9 \ud83d\ude80 \"\\",
            "two\nlines");
    assertThat(Notice.ofJson(notice.toJson())).isEqualTo(notice);
    Notice bare = with("x", "retrain", "\u0130stanbul");
    assertThat(Notice.ofJson(bare.toJson())).isEqualTo(bare);
  }

  private static Notice detailed(Map<String, String> details) {
    return new Notice(
        "x",
        "m",
        "i",
        Kind.OPENED,
        "retrain",
        "title",
        "text",
        Samples.START,
        Samples.NOON,
        details,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void keepsTheOrderOfDetails() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("z", "1");
    details.put("a", "2");
    details.put("m", "3");
    Notice notice = detailed(details);
    details.clear();
    assertThat(notice.details().keySet()).containsExactly("z", "a", "m");
    assertThat(Notice.ofJson(notice.toJson()).details().keySet()).containsExactly("z", "a", "m");
  }

  /** The stored form of the first release; it must be read for ever. */
  @Test
  void readsTheStoredFormOfTheFirstRelease() {
    String stored =
        """
        {"format":1,"id":"i1-opened-1781056800","model":"credit-risk","incident_id":"i1","kind":"OPENED",
         "severity":"retrain","title":"accuracy fell by 12 % in state=VIC",
         "text":"accuracy is 0.78, below the limit 0.84.","started_at":"2026-06-01T00:00:00Z",
         "at":"2026-06-10T02:00:00Z","details":{"metric":"accuracy"},"owner":"risk team",
         "runbook":"https://wiki.example/runbook"}""";
    assertThat(Notice.ofJson(stored)).isEqualTo(NOTICE);
  }

  @Test
  void isOneObjectWithPlainNames() throws Exception {
    JsonNode json = new ObjectMapper().readTree(NOTICE.toJson());
    assertThat(json.path("incident_id").textValue()).isEqualTo("i1");
    assertThat(json.path("started_at").textValue()).isEqualTo("2026-06-01T00:00:00Z");
    assertThat(json.path("format").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"format\":2}",
        "{\"format\":1}",
        "{\"format\":1,\"id\":\"x\",\"model\":\"m\",\"incident_id\":\"i\",\"kind\":\"CLOSED\"}"
      })
  void refusesWhatIsNoNotice(String json) {
    assertThatThrownBy(() -> Notice.ofJson(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSamePartsGiveTheSameId() {
    // printf '2:i16:OPENED' | sha256sum, first 32 digits.
    assertThat(Notice.idOf("i1", "OPENED")).isEqualTo("259af5709ab81c74f13c7b13");
    assertThat(Notice.idOf("i1O", "PENED")).isNotEqualTo(Notice.idOf("i1", "OPENED"));
    assertThat(Notice.idOf("", "a")).isNotEqualTo(Notice.idOf("a", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e9", "a\nb"})
  void refusesAnIdThatIsNoHeader(String id) {
    assertThatThrownBy(() -> with(id, "retrain", "title")).hasMessageContaining("make it by idOf");
  }

  @Test
  void refusesWhatSaysNothing() {
    assertThatThrownBy(() -> with("x", "urgent", "title"))
        .hasMessage("'urgent' is no severity of a notice.");
    assertThatThrownBy(() -> with("x", "retrain", "two\nlines"))
        .hasMessage("The title of notice x is not one line.");
    assertThatThrownBy(() -> with("x", "retrain", " ")).hasMessageContaining("says no word");
    Map<String, String> unsaid = new LinkedHashMap<>();
    unsaid.put("metric", null);
    assertThatThrownBy(() -> detailed(unsaid)).hasMessage("metric");
  }

  @Test
  void severitiesHaveAnOrder() {
    assertThat(NOTICE.isAtLeast("investigate")).isTrue();
    assertThat(NOTICE.isAtLeast("retrain")).isTrue();
    assertThat(NOTICE.isAtLeast("emergency")).isFalse();
  }
}
