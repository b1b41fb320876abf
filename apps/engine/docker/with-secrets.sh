#!/bin/sh
# The entrypoint of the engine in docker-compose.yml: builds the addresses that hold a password from the secrets' files,
# and becomes the program that it is given.
set -eu

read_secret() {
  cat "/secrets/$1"
}

DATABASE_URL="postgres://pitboss:$(read_secret postgres)@postgres:5432/pitboss"
REDIS_URL="redis://:$(read_secret redis)@redis:6379"
CLICKHOUSE_URL="http://pitboss:$(read_secret clickhouse)@clickhouse:8123/pitboss"
S3_ACCESS_KEY_ID="$(read_secret s3-access-key)"
S3_SECRET_ACCESS_KEY="$(read_secret s3-secret-key)"
CONSOLE_KEY="$(read_secret console-key)"
export DATABASE_URL REDIS_URL CLICKHOUSE_URL S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY CONSOLE_KEY

exec "$@"
