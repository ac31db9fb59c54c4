# A class in a container: attempts can do to it whatever they like.
#   docker build -t katas .
#   docker run --rm --network none -v "$PWD/submissions:/submissions:ro" katas --format csv > class.csv
FROM swift:6.3
WORKDIR /katas
COPY Package.swift ./
COPY Sources Sources
COPY katas katas
RUN swift build --disable-index-store --product grade
ENTRYPOINT [".build/debug/grade", "class", "/submissions"]
