package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ChannelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Notice OPENED = Samples.opened("i1");

  @Test
  void noMessageShowsItsBodyOrAddress() {
    for (ChannelConfig.Type type :
        new ChannelConfig.Type[] {
          ChannelConfig.Type.WEBHOOK,
          ChannelConfig.Type.SLACK,
          ChannelConfig.Type.PAGERDUTY,
          ChannelConfig.Type.ALERTMANAGER
        }) {
      Message message = Message.of(OPENED, Samples.channel(type, "https://a.example/hush?k=hush"));
      assertThat(message).hasToString("a message to https://a.example");
    }
    ChannelConfig signed = Samples.signed("https://a.example/hush", "hush");
    assertThat(Message.of(OPENED, signed)).hasToString("a message to https://a.example");
    assertThat(signed.toString()).doesNotContain("hush");
    assertThat(new Plan.Sending(signed, OPENED, List.of(new Plan.Try(OPENED, 1, 3))))
        .asString()
        .doesNotContain("hush");
  }

  @Test
  void aFileTakesNoNotices() {
    assertThatThrownBy(() -> Message.of(OPENED, Samples.prometheus()))
        .hasMessage("The channel 'prometheus' takes no notices, but what stands.");
  }
}
