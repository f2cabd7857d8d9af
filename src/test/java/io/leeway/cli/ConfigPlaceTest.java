package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.ConfigFile;
import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another file system is one that has a scheme of its own over a folder of this machine. */
class ConfigPlaceTest {
  private final Configuration hadoop = new Configuration(false);

  @TempDir private Path folder;

  @BeforeEach
  void aFile() throws IOException {
    hadoop.set("fs.stopping.impl", StoppingFileSystem.class.getName());
    Files.writeString(
        folder.resolve("credit.conf"),
        """
        leeway {
          store.path = "../results"
          models.m {
            task = binary
            predictions { table = "in/answers", id = id, time = at, score = p, version = v }
            reference.where = "true"
          }
        }
        """);
  }

  private ConfigFile find(String text, String sent) {
    return new ConfigPlace(hadoop, sent).find(text);
  }

  private String far(String name) {
    return "stopping://" + folder.resolve(name);
  }

  @Test
  void relativePathsOfAnotherFileSystemStartThere() {
    LeewayConfig config = ConfigLoader.load(find(far("credit.conf"), ""));

    assertThat(config.source()).isEqualTo(far("credit.conf"));
    assertThat(config.model("m").predictions().table().text()).isEqualTo(far("in/answers"));
    assertThat(config.store().path()).hasValue("stopping://" + folder.getParent() + "/results");
    assertThat(config.relativePaths()).isEmpty();
  }

  @Test
  void whatSparkSubmitHasSentAlongIsFoundByItsName() {
    String sent = "stopping:///elsewhere/other.conf," + far("credit.conf");
    assertThat(find("credit.conf", sent).shown()).isEqualTo(far("credit.conf"));
    assertThat(find("mine.conf", far("credit.conf") + "#mine.conf").shown())
        .isEqualTo(far("credit.conf"));
    assertThat(find("credit.conf", "file:" + folder.resolve("credit.conf")))
        .isEqualTo(ConfigFile.at(folder.resolve("credit.conf")));

    assertThatThrownBy(() -> ConfigLoader.load(find("nobody.conf", sent)))
        .isInstanceOf(UserException.class)
        .hasMessage("nobody.conf: there is no such file; check the path of the configuration.");
  }

  @Test
  void aFileOfThisMachineIsReadWhereItLies() {
    Path file = folder.resolve("credit.conf");
    assertThat(find(file.toString(), "")).isEqualTo(ConfigFile.at(file));
    assertThat(find(file.toUri().toString(), "")).isEqualTo(ConfigFile.at(file));
    assertThat(ConfigLoader.load(find(file.toString(), "")).relativePaths())
        .extracting(LeewayConfig.RelativePath::text)
        .contains("in/answers", "../results");
  }

  @Test
  void whatIsNotThereOrCannotBeReachedIsNamed() {
    assertThatThrownBy(() -> find(far("none.conf"), ""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(far("none.conf") + ": there is no such file");
    assertThatThrownBy(() -> find("nosuch://bucket/credit.conf", ""))
        .isInstanceOfAny(UserException.class, EnvironmentException.class)
        .hasMessageContaining("The configuration 'nosuch://bucket/credit.conf'")
        .hasMessageContaining("nosuch");
  }
}
