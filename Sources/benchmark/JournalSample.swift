/// The journal of a very diligent learner, for measurements.
enum JournalSample {
  /// Lines of some 200 bytes, as a drill leaves them.
  static func text(events count: Int) -> String {
    (0..<count).map { index in
      let (hour, minute, second) = (index / 3600 % 24, index / 60 % 60, index % 60)
      let clock = [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }
        .joined(separator: ":")
      return """
        {"drill":"5E1F0C6A-9B7D-4E0B-8F57-0C2B7E0D1A\(10 + index / 9 % 90)","event":"graded",\
        "kata":"backprop","mistakes":["no-batch-mean"],"schema":1,"seconds":0.21\(index % 1000 + 1000),\
        "seed":\(index &* 7919 % 1_000_000),"time":"2027-01-\(10 + index / 86_400)T\(clock)Z",\
        "verdict":"failed"}

        """
    }.joined()
  }
}
