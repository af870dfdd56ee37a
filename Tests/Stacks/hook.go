// Slack's signature, verified over the raw body.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func sound(request *http.Request, body []byte) bool {
	timestamp := strings.Join(request.Header.Values("X-Slack-Request-Timestamp"), ",")
	seconds, err := strconv.ParseUint(timestamp, 10, 40)
	if err != nil {
		return false
	}
	age := time.Now().Unix() - int64(seconds)
	if age > 300 || age < -300 {
		return false
	}
	mac := hmac.New(sha256.New, []byte(os.Getenv("STACK_SECRET")))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	right := "v0=" + hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(right), []byte(strings.Join(request.Header.Values("X-Slack-Signature"), ",")))
}

func main() {
	http.HandleFunc("/webhook", func(response http.ResponseWriter, request *http.Request) {
		if request.Method != http.MethodPost {
			http.Error(response, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(request.Body)
		if err != nil {
			http.Error(response, "body", http.StatusBadRequest)
			return
		}
		if !sound(request, body) {
			http.Error(response, "refused", http.StatusUnauthorized)
			return
		}
		io.WriteString(response, "ok")
	})
	panic(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
