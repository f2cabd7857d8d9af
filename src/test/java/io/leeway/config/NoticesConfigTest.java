package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code PATH} and {@code HOME} stand for secrets, since every environment has them. */
class NoticesConfigTest {
  private static LeewayConfig with(String... lines) {
    String notices = "notices {\n" + String.join("\n", lines) + "\n}\nstore.path";
    return ConfigLoader.load(FiveLines.with("").replace("store.path", notices), FiveLines.FOLDER);
  }

  private static NoticesConfig notices(String... lines) {
    return with(lines).notices();
  }

  private static ChannelConfig channel(String written) {
    return notices("channels = [ {" + written + "} ]").channels().get(0);
  }

  private static void assertProblems(String line, String... problems) {
    assertThatThrownBy(() -> notices(line)).hasMessage(String.join("\n", problems));
  }

  @Test
  void tellsNobodyUnlessTold() {
    assertThat(ConfigLoader.load(FiveLines.with(""), FiveLines.FOLDER).notices())
        .isEqualTo(NoticesConfig.NONE)
        .isEqualTo(new NoticesConfig(List.of(), Optional.empty(), 5, 3));
  }

  @Test
  void readsEveryKindOfChannelInItsOrder() {
    NoticesConfig notices =
        notices(
            "channels = [",
            "{ type = webhook, url = \"https://a.example/hook\", secret = ${PATH}, timeout = 2 s }",
            "{ type = slack, url = \"https://hooks.slack.com\"${HOME}, least = retrain }",
            "{ type = pagerduty, routing-key = ${PATH}, name = on-call, least = emergency }",
            "{ type = alertmanager, url = \"http://alerts:9093\" }",
            "{ type = prometheus, file = \"metrics/leeway.prom\" }",
            "]");
    assertThat(notices.channels())
        .extracting(ChannelConfig::name)
        .containsExactly("webhook", "slack", "on-call", "alertmanager", "prometheus");
    ChannelConfig webhook = notices.channels().get(0);
    assertThat(webhook.url().orElseThrow().uri()).hasToString("https://a.example/hook");
    assertThat(webhook.secret().map(Secret::text)).contains(System.getenv("PATH"));
    assertThat(webhook.least()).isEqualTo("investigate");
    assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(notices.channels().get(1).timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(notices.channels().get(2).url().orElseThrow().uri())
        .hasToString("https://events.pagerduty.com/v2/enqueue");
    assertThat(notices.channels().get(4).file()).contains("/data/project/metrics/leeway.prom");
    assertThat(notices.channels().get(4).takesNotices()).isFalse();
  }

  @Test
  void readsQuietHoursAndBounds() {
    NoticesConfig notices =
        notices(
            "quiet-hours { from = \"22:00\", until = \"7:30\", zone = Australia/Melbourne }",
            "digest-above = 8, attempts = 1");
    assertThat(notices.quietHours())
        .contains(
            new QuietHours(
                LocalTime.of(22, 0),
                LocalTime.of(7, 30),
                ZoneId.of("Australia/Melbourne"),
                "emergency"));
    assertThat(notices.digestAbove()).isEqualTo(8);
    assertThat(notices.attempts()).isEqualTo(1);
  }

  @Test
  void neverShowsSecretsNorWhatFollowsTheHost() {
    LeewayConfig config =
        with(
            "channels = [",
            "{ type = webhook, url = \"https://a.example/hook-token\", secret = ${PATH} }",
            "{ type = slack, url = \"https://hooks.slack.com\"${HOME} }",
            "{ type = pagerduty, routing-key = ${PATH} } ]");
    assertThat(config.notices().toString())
        .contains("https://a.example", "https://hooks.slack.com", "***")
        .doesNotContain(System.getenv("PATH"), "hook-token", ".com" + System.getenv("HOME"));
    assertThat(config.describe().lines())
        .contains(
            "leeway.notices.channels[0].url = \"https://a.example\"",
            "leeway.notices.channels[0].secret = ***",
            "leeway.notices.channels[0].timeout = \"5 seconds\"  # default",
            "leeway.notices.channels[1].url = ***",
            "leeway.notices.channels[2].routing-key = ***",
            "leeway.notices.channels[2].url = \"https://events.pagerduty.com\"  # default");
    assertThat(config.toString()).doesNotContain(System.getenv("PATH"), "hook-token");
  }

  @Test
  void changesNoModelsHash() {
    ModelConfig without = ConfigLoader.load(FiveLines.with(""), FiveLines.FOLDER).model("credit");
    ModelConfig with =
        with("channels = [ { type = alertmanager, url = \"http://a\" } ], attempts = 2")
            .model("credit");
    assertThat(with).isEqualTo(without);
    assertThat(with.hash()).isEqualTo(without.hash());
    assertThat(with.measureHash()).isEqualTo(without.measureHash());
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                notices(
                    "channels = [",
                    "{ type = pager }",
                    "{ url = \"http://a\" }",
                    "{ type = webhook }",
                    "{ type = pagerduty, url = \"ftp://a/tok\" }",
                    "{ type = alertmanager, url = \"http://a\", secret = x, least = retran }",
                    "{ type = prometheus, file = \"leeway.txt\", timeout = 5 minutes }",
                    "webhook ]",
                    "quiet-hours { from = \"25:00\", let-thru = emergency }",
                    "digest-abve = 3, attempts = 0"))
        .hasMessage(
            """
            configuration:4: leeway.notices.channels[0].type: 'pager' is not known here; did you mean 'pagerduty'? Known: webhook, slack, pagerduty, alertmanager, prometheus
            configuration:5: leeway.notices.channels[1].type: is missing; write one of webhook, slack, pagerduty, alertmanager, prometheus
            configuration:6: leeway.notices.channels[2].url: is missing; write where notices go, for example "https://host/path"
            configuration:7: leeway.notices.channels[3].routing-key: is missing; put it into an environment variable and write ${NAME}
            configuration:7: leeway.notices.channels[3].url: is not a web address; write for example "https://host/path"
            configuration:8: leeway.notices.channels[4].least: 'retran' is not known here; did you mean 'retrain'? Known: investigate, retrain, emergency
            configuration:8: leeway.notices.channels[4].secret: unknown key; did you mean 'least'? Known here: type, name, url, least, timeout
            configuration:9: leeway.notices.channels[5].file: does not end in .prom, so that Prometheus would not find it; add .prom
            configuration:9: leeway.notices.channels[5].timeout: '5 minutes' is not from 1 second to 1 minute; write for example '5 seconds'
            configuration:10: leeway.notices.channels[6]: must be a block, but is a string; write it in braces: {...}
            configuration:11: leeway.notices.quiet-hours.from: '25:00' is not a time of day; write for example "22:00"
            configuration:11: leeway.notices.quiet-hours.until: is missing; write a time of day, for example "22:00"
            configuration:11: leeway.notices.quiet-hours.zone: is missing; name the time zone of the clock, for example Australia/Melbourne
            configuration:11: leeway.notices.quiet-hours.let-thru: unknown key; did you mean 'let-through'? Known here: from, until, zone, let-through
            configuration:12: leeway.notices.attempts: '0' is not a whole number from 1 on; write for example 3
            configuration:12: leeway.notices.digest-abve: unknown key; did you mean 'digest-above'? Known here: channels, quiet-hours, digest-above, attempts""");
  }

  @Test
  void refusesSecretsInPlainText() {
    String plain =
        " holds a secret in plain text; put it into an environment variable and write ${?NAME}";
    String whole =
        " holds a secret in plain text; put the whole address into an environment variable and write"
            + " ${?NAME}";
    assertProblems(
        "channels = [ { type = webhook, url = \"http://a\", secret = hush } ]",
        "configuration:3: leeway.notices.channels[0].secret:" + plain);
    assertProblems(
        "channels = [ { type = pagerduty, routing-key = hush } ]",
        "configuration:3: leeway.notices.channels[0].routing-key:" + plain);
    assertProblems(
        "channels = [ { type = slack, url = \"https://hooks.slack.com/services/T0/B0/hush\" } ]",
        "configuration:3: leeway.notices.channels[0].url:" + whole);
    assertProblems(
        "channels = [ { type = webhook, url = \"https://a.example/?a=b&token=hush\" } ]",
        "configuration:3: leeway.notices.channels[0].url:" + whole);
    assertThat(channel("type = slack, url = \"http://127.0.0.1:8065/hooks/x\"").url()).isPresent();
  }

  @Test
  void leavesOutASecretThatTheEnvironmentLacks() {
    assertThat(
            channel("type = webhook, url = \"http://a\", secret = ${?LEEWAY_NO_SUCH_SECRET}")
                .secret())
        .isEmpty();
  }

  @Test
  void refusesTwoChannelsOfOneName() {
    assertProblems(
        "channels = [ { type = alertmanager, url = \"http://a\" }, { type = alertmanager, url = \"http://b\" } ]",
        "configuration:3: leeway.notices.channels[1]: has the same name as"
            + " leeway.notices.channels[0]; write a name of its own");
  }

  @Test
  void refusesQuietHoursThatDoNotEnd() {
    assertProblems(
        "quiet-hours { from = \"7:00\", until = \"07:00\", zone = UTC }",
        "configuration:3: leeway.notices.quiet-hours.until: is the same as from; write when the"
            + " quiet ends");
  }

  @Test
  void refusesAFileElsewhere() {
    assertProblems(
        "channels = [ { type = prometheus, file = \"s3a://bucket/leeway.prom\" } ]",
        "configuration:3: leeway.notices.channels[0].file: is an address, but the file lies on this"
            + " machine; write a path");
  }
}
