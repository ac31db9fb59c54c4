/// The script that Classroom 50's runner starts in a student's checkout; the grader is built beside it.
struct Classroom50Bundle {
  let seed: UInt64
  /// What `--points` is given; nothing, if it is empty.
  let points: String

  var autograder: String {
    let points = points.isEmpty ? "" : "\"--points\", \"\(points)\", "
    return """
      #!/usr/bin/env python3
      \"""Grades the checkout that it is started in, and writes result.json there.\"""
      import os, subprocess, sys
      from pathlib import Path

      katas = Path(__file__).resolve().parent / "katas"
      build = ["swift", "build", "--disable-index-store", "--product", "grade"]
      subprocess.run(build, cwd=katas, check=True)
      here = os.getcwd()
      student = os.environ.get("OWNER") or os.environ.get("USERNAME") or "student"
      grade = [
          str(katas / ".build/debug/grade"), "class", here, "--student", student, \(points)
          "--seed", "\(seed)", "--format", "classroom50", "--output", f"{here}/result.json",
      ]
      sys.exit(subprocess.run(grade, cwd=katas).returncode)

      """
  }
}
