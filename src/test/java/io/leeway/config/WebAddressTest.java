package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://hooks.slack.com/services/T0/B0/hush, https://hooks.slack.com",
    "http://127.0.0.1:8080/hush?key=hush, http://127.0.0.1:8080",
    "HTTPS://Example.org, HTTPS://Example.org",
    "http://[::1]:80/hush, http://[::1]:80"
  })
  void showsSchemeAndHostAlone(String written, String shown) {
    assertThat(WebAddress.parse(written)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hush", "/hush", "ftp://a/hush", "http:///hush", "http://a b/hush", "http://"})
  void refusesWhatIsNoAddressWithoutShowingIt(String written) {
    assertThatThrownBy(() -> WebAddress.parse(written))
        .hasMessage("is not a web address; write for example \"https://host/path\"")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:hush@a/", "https://user@a/", "https://a/#hush"})
  void refusesWhatWouldNotBeSent(String written) {
    assertThatThrownBy(() -> WebAddress.parse(written))
        .hasMessage("holds a user, a password or a fragment, which are not sent; leave them out");
  }

  @Test
  void aSecretIsNeverShown() {
    assertThat(new Secret("hush")).hasToString("***");
    assertThatThrownBy(() -> new Secret(" ")).hasMessage("A secret is empty.");
  }
}
