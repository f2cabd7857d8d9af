package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommitsTest {
  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();

  private void write(String line, boolean overwrite, String... more) throws IOException {
    new LocalCommits(hadoop).write(hadoopPath(), lines(line, more), overwrite, hadoop);
  }

  private static Iterator<String> lines(String line, String... more) {
    return Stream.concat(Stream.of(line), Stream.of(more)).iterator();
  }

  private org.apache.hadoop.fs.Path hadoopPath() {
    return new org.apache.hadoop.fs.Path(file().toUri());
  }

  private Path file() {
    return folder.resolve("00000000000000000007.json");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }

  @Test
  void aCommitIsItsLines() throws IOException {
    write("{\"ä\":1}", false, "{}");
    assertThat(Files.readString(file())).isEqualTo("{\"ä\":1}\n{}\n");
    assertThat(files()).containsExactly(file().getFileName().toString());
  }

  @Test
  void aVersionIsNotTakenTwice() throws IOException {
    write("first", false);
    assertThatThrownBy(() -> write("second", false)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file())).isEqualTo("first\n");
    write("third", true);
    assertThat(Files.readString(file())).isEqualTo("third\n");
  }

  /** The other writer is through while this one writes its lines. */
  @Test
  void aFileThatComesInBetweenIsNotReplaced() {
    Iterator<String> slow =
        Stream.of("slow")
            .peek(
                line -> {
                  try {
                    Files.writeString(file(), "quick");
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .iterator();
    assertThatThrownBy(() -> new LocalCommits(hadoop).write(hadoopPath(), slow, false, hadoop))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file()).hasContent("quick");
  }

  /** As a USB stick or a mounted bucket says it. */
  @Test
  void aDiskWithoutLinksIsCommittedToAllTheSame() throws IOException {
    LocalCommits commits =
        new LocalCommits(
            hadoop,
            (name, file) -> {
              throw new FileSystemException(name.toString(), null, "Operation not permitted");
            });
    commits.write(hadoopPath(), lines("first"), false, hadoop);
    assertThat(file()).hasContent("first");
    assertThatThrownBy(() -> commits.write(hadoopPath(), lines("second"), false, hadoop))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(files()).hasSize(1);
  }

  /** The link is the one step that counts; all before it can be done anew. */
  @Test
  void aWriterThatDiesLeavesNothingOrAWholeCommit() throws IOException {
    LocalCommits diesBefore =
        new LocalCommits(
            hadoop,
            (name, written) -> {
              Files.copy(written, folder.resolve(".left-by-a-death.tmp"));
              throw new IllegalStateException("dead");
            });
    assertThatThrownBy(() -> diesBefore.write(hadoopPath(), lines("lost"), false, hadoop))
        .hasMessage("dead");
    assertThat(file()).doesNotExist();
    LocalCommits diesAfter =
        new LocalCommits(
            hadoop,
            (name, written) -> {
              Files.createLink(name, written);
              throw new IllegalStateException("dead");
            });
    assertThatThrownBy(() -> diesAfter.write(hadoopPath(), lines("a", "b"), false, hadoop))
        .hasMessage("dead");
    assertThat(file()).hasContent("a\nb");
    assertThatThrownBy(() -> write("again", false)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void ofManyWritersOneWins() throws Exception {
    int writers = 8;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 20; round++) {
        Files.deleteIfExists(file());
        CyclicBarrier start = new CyclicBarrier(writers);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
          String line = "writer " + writer;
          all.add(
              () -> {
                start.await();
                try {
                  write(line, false);
                  return true;
                } catch (FileAlreadyExistsException e) {
                  return false;
                }
              });
        }
        int won = 0;
        for (Future<Boolean> of : pool.invokeAll(all)) {
          won += of.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void aMissingFolderIsNamed() throws IOException {
    Files.delete(folder);
    assertThatThrownBy(() -> write("x", false)).isInstanceOf(FileNotFoundException.class);
    Files.createDirectory(folder);
  }
}
