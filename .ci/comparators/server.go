// A webhook endpoint of the scheme github that rejects with the comparator it is told: equal, hmac.Equal.
//
//	server PORT COMPARATOR
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
)

func main() {
	secret := []byte(os.Getenv("COMPARATOR_SECRET"))
	safe := os.Args[2] == "hmac.Equal"
	handler := func(answer http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		mac := hmac.New(sha256.New, secret)
		mac.Write(body)
		right := "sha256=" + hex.EncodeToString(mac.Sum(nil))
		given := request.Header.Get("X-Hub-Signature-256")
		equal := false
		if safe {
			equal = hmac.Equal([]byte(given), []byte(right))
		} else {
			equal = given == right
		}
		if !equal {
			answer.WriteHeader(http.StatusUnauthorized)
		}
		io.WriteString(answer, "no")
	}
	if err := http.ListenAndServe("127.0.0.1:"+os.Args[1], http.HandlerFunc(handler)); err != nil {
		os.Exit(1)
	}
}
