package io.leeway.scan;

import io.leeway.profile.StoredProfile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Partial states of one column, cell by cell; a cell is named by the values of its group's columns.
 */
final class CellBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  final ArrayList<ArrayList<String>> cells = new ArrayList<>();
  final ArrayList<StoredProfile> profiles = new ArrayList<>();

  void add(List<String> cell, StoredProfile profile) {
    cells.add(new ArrayList<>(cell));
    profiles.add(profile);
  }
}
