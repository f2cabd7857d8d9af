package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void wordsOfOursStayAsTheyAre() {
    Failure user = Failure.of(new UserException("No column 'x'."), "Model 'a'");
    Failure environment = Failure.of(new EnvironmentException("No answer."), "Model 'a'");

    assertThat(user).isEqualTo(new Failure(Failure.Family.USER, "No column 'x'.", false));
    assertThat(user.exitCode()).isEqualTo(2);
    assertThat(environment).isEqualTo(new Failure(Failure.Family.ENVIRONMENT, "No answer.", true));
    assertThat(environment.exitCode()).isEqualTo(4);
  }

  @Test
  void storageErrorsAreExplained() {
    Failure full =
        Failure.of(new RuntimeException(new IOException("No space left on device")), "Model 'a'");

    assertThat(full.exitCode()).isEqualTo(4);
    assertThat(full.retry()).isTrue();
    assertThat(full.message()).startsWith("Model 'a': the storage is full.");
  }

  @Test
  void anythingElseIsOurBugWithItsTraceInAFile() throws IOException {
    Failure bug = Failure.of(new IllegalStateException("unthinkable"), "Model 'a'");

    assertThat(bug.exitCode()).isEqualTo(1);
    assertThat(bug.retry()).isFalse();
    assertThat(bug.message()).contains("This is a bug in Leeway").contains("unthinkable");
    assertThat(bug.message().lines()).hasSize(1);
    Matcher file = Pattern.compile("the file (\\S+\\.log)").matcher(bug.message());
    assertThat(file.find()).isTrue();
    assertThat(Path.of(file.group(1))).content().contains("IllegalStateException", "\tat ");
    Files.delete(Path.of(file.group(1)));
  }
}
