package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
  /** Test cases 1 to 4, 6 and 7 of RFC 4231, section 4; case 5 is of a cut output. */
  @ParameterizedTest(name = "case {0}")
  @CsvSource({
    "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
        + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "2, 4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "3, aa*20, dd*50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
    "4, 0102030405060708090a0b0c0d0e0f10111213141516171819, cd*50,"
        + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
    "6, aa*131,"
        + " 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368"
        + "204b6579204669727374,"
        + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "7, aa*131,"
        + " 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a"
        + "65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865"
        + "206b6579206e6565647320746f20626520686173686564206265666f7265206265696e672075736564206279"
        + "2074686520484d414320616c676f726974686d2e,"
        + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
  })
  void agreesWithRfc4231(int number, String key, String data, String expected) {
    assertThat(Signature.of(bytes(key), bytes(data))).isEqualTo(expected);
  }

  /** {@code aa*20} is the byte aa twenty times. */
  private static byte[] bytes(String hex) {
    String[] parts = hex.split("\\*", -1);
    return HexFormat.of()
        .parseHex(parts.length == 1 ? hex : parts[0].repeat(Integer.parseInt(parts[1])));
  }

  @ParameterizedTest
  @CsvSource({"Jefe, what do ya want for nothing?"})
  void theTextOfCase2IsAscii(String key, String data) {
    assertThat(
            Signature.of(
                key.getBytes(StandardCharsets.UTF_8), data.getBytes(StandardCharsets.UTF_8)))
        .startsWith("5bdcc146");
  }
}
